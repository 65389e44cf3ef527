/// The judges of a soak, judged.
@NullMarked
package io.lunarstream.bench.soak;

import org.jspecify.annotations.NullMarked;
