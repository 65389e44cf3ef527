/// The handshake: C0 C1 C2 and S0 S1 S2. Source: RTMP 1.0, section 5.2.
@NullMarked
package io.lunarstream.rtmp.handshake;

import org.jspecify.annotations.NullMarked;
