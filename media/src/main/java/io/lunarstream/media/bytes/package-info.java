/// Immutable bytes, and reading bits with bounds checked.
@NullMarked
package io.lunarstream.media.bytes;

import org.jspecify.annotations.NullMarked;
