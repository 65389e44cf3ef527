/// AV1: sequence headers, temporal units and the codec configuration.
@NullMarked
package io.lunarstream.media.av1;

import org.jspecify.annotations.NullMarked;
