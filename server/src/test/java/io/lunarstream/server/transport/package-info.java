@NullMarked
package io.lunarstream.server.transport;

import org.jspecify.annotations.NullMarked;
