/// AAC: the AudioSpecificConfig and the ADTS header.
@NullMarked
package io.lunarstream.media.aac;

import org.jspecify.annotations.NullMarked;
