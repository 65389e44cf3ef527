@NullMarked
package io.lunarstream.bench.fault;

import org.jspecify.annotations.NullMarked;
