/// Our own RTMP publisher: an FLV file or clip, tag by tag in real time, to any RTMP server.
@NullMarked
package io.lunarstream.server.publisher;

import org.jspecify.annotations.NullMarked;
