/// Ports: what all of them share below HTTP and RTMP. TLS with a certificate that may change, and the PROXY protocol.
@NullMarked
package io.lunarstream.server.transport;

import org.jspecify.annotations.NullMarked;
