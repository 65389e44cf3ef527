/// What becomes of a server when the machine fails it: faults that are made, watched and mended.
@NullMarked
package io.lunarstream.bench.fault;

import org.jspecify.annotations.NullMarked;
