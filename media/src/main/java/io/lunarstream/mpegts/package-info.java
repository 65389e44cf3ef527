/// MPEG-TS: samples to transport stream segments.
@NullMarked
package io.lunarstream.mpegts;

import org.jspecify.annotations.NullMarked;
