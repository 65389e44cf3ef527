/// The HTTP framework without a program: what its answers cost at least.
@NullMarked
package io.lunarstream.bench.bare;

import org.jspecify.annotations.NullMarked;
