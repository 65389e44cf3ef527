/// Messages: one record each, closed by a sealed interface. Source: RTMP 1.0, sections 5.4, 6 and 7.
@NullMarked
package io.lunarstream.rtmp.message;

import org.jspecify.annotations.NullMarked;
