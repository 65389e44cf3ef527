@NullMarked
package io.lunarstream.bench.peer;

import org.jspecify.annotations.NullMarked;
