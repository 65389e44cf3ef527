/// Opus: the identification header and how long a packet lasts.
@NullMarked
package io.lunarstream.media.opus;

import org.jspecify.annotations.NullMarked;
