@NullMarked
package io.lunarstream.server.origin;

import org.jspecify.annotations.NullMarked;
