/// Hours of encoders, viewers and API traffic that misbehave by a seed, and what must hold meanwhile and afterwards.
@NullMarked
package io.lunarstream.bench.soak;

import org.jspecify.annotations.NullMarked;
