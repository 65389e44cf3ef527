@NullMarked
package io.lunarstream.bench.glass;

import org.jspecify.annotations.NullMarked;
