/// HLS: from samples to segments in two forms, and the playlists that list them.
///
/// [Packager][io.lunarstream.hls.Packager] is the door in, [Generation][io.lunarstream.hls.Generation] the door out.
/// Source: RFC 8216 and draft-pantos-hls-rfc8216bis.
@NullMarked
package io.lunarstream.hls;

import org.jspecify.annotations.NullMarked;
