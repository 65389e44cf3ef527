/// HEVC: parameter sets and the codec configuration.
@NullMarked
package io.lunarstream.media.hevc;

import org.jspecify.annotations.NullMarked;
