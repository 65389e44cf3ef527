/// The judge of playlists, judged.
@NullMarked
package io.lunarstream.bench.playlist;

import org.jspecify.annotations.NullMarked;
