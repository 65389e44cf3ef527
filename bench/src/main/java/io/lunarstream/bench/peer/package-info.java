/// The servers that are measured: ours, and any other by an adapter file.
@NullMarked
package io.lunarstream.bench.peer;

import org.jspecify.annotations.NullMarked;
