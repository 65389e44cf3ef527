/// VP9: frame headers and the codec configuration.
@NullMarked
package io.lunarstream.media.vp9;

import org.jspecify.annotations.NullMarked;
