@NullMarked
package io.lunarstream.bench.viewer;

import org.jspecify.annotations.NullMarked;
