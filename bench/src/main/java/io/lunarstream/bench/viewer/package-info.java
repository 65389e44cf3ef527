/// Load and looks from the viewers' side: wrk, playlists, blocking reload.
@NullMarked
package io.lunarstream.bench.viewer;

import org.jspecify.annotations.NullMarked;
