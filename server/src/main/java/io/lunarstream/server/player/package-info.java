/// The preview page: HTML with a player in it, and the few files it needs.
///
/// The page learns whether a stream waits, plays or has ended from the playlists alone, in the browser; nothing here
/// knows a stream's state. Source: the Partner API, public endpoints.
@NullMarked
package io.lunarstream.server.player;

import org.jspecify.annotations.NullMarked;
