@NullMarked
package io.lunarstream.bench.host;

import org.jspecify.annotations.NullMarked;
