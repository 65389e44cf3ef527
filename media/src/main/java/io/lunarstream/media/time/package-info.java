/// Time: from the encoder's wrapping milliseconds to ticks that only rise.
@NullMarked
package io.lunarstream.media.time;

import org.jspecify.annotations.NullMarked;
