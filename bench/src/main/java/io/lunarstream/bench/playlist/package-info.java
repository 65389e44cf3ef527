/// Playlists as a strict stranger reads them: what RFC 8216 and its successor say MUST be is an error when it is not.
///
/// Written from the documents, and not from the writer that is under test.
@NullMarked
package io.lunarstream.bench.playlist;

import org.jspecify.annotations.NullMarked;
