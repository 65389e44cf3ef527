/// The origin: playlists and segments over HTTP, on the event loops.
@NullMarked
package io.lunarstream.server.origin;

import org.jspecify.annotations.NullMarked;
