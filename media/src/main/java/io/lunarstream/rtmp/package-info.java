/// RTMP from bytes to a publisher's media: `handshake`, `chunk`, `amf`, `message`, `session`, read in that order.
@NullMarked
package io.lunarstream.rtmp;

import org.jspecify.annotations.NullMarked;
