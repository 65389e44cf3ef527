/// AC-3: what a syncframe says of itself.
@NullMarked
package io.lunarstream.media.ac3;

import org.jspecify.annotations.NullMarked;
