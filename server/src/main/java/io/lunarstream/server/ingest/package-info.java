/// Ingest: RTMP sockets in, codec configurations and frames out.
@NullMarked
package io.lunarstream.server.ingest;

import org.jspecify.annotations.NullMarked;
