@NullMarked
package io.lunarstream.bench.report;

import org.jspecify.annotations.NullMarked;
