/// FLAC: STREAMINFO and how long a frame lasts.
@NullMarked
package io.lunarstream.media.flac;

import org.jspecify.annotations.NullMarked;
