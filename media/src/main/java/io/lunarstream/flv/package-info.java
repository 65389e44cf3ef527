/// FLV: audio and video tag bodies as RTMP carries them, and the tags of an FLV file.
@NullMarked
package io.lunarstream.flv;

import org.jspecify.annotations.NullMarked;
