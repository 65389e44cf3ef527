/// What media is: tracks, samples, codecs, time.
@NullMarked
package io.lunarstream.media;

import org.jspecify.annotations.NullMarked;
