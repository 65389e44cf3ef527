/// Live streams: what a broadcast is between its first sample and its end, and the seam to the control plane.
///
/// The seam is two interfaces: [PublishAuthorizer][io.lunarstream.server.live.PublishAuthorizer] lets a publisher in,
/// [BroadcastListener][io.lunarstream.server.live.BroadcastListener] learns what became of it. Nothing here knows a
/// database, an HTTP request or a user.
@NullMarked
package io.lunarstream.server.live;

import org.jspecify.annotations.NullMarked;
