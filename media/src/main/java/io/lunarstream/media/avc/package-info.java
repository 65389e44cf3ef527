/// H.264: NAL units, parameter sets, the decoder configuration record.
@NullMarked
package io.lunarstream.media.avc;

import org.jspecify.annotations.NullMarked;
