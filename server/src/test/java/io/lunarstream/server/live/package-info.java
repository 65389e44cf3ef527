@NullMarked
package io.lunarstream.server.live;

import org.jspecify.annotations.NullMarked;
