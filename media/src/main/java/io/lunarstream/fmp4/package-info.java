/// Fragmented MP4: init segments and fragments.
@NullMarked
package io.lunarstream.fmp4;

import org.jspecify.annotations.NullMarked;
