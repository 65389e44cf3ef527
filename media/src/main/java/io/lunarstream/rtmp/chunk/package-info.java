/// The chunk stream: bytes to whole messages and back. Source: RTMP 1.0, section 5.3.
@NullMarked
package io.lunarstream.rtmp.chunk;

import org.jspecify.annotations.NullMarked;
