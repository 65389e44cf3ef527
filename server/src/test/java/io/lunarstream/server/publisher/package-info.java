@NullMarked
package io.lunarstream.server.publisher;

import org.jspecify.annotations.NullMarked;
