/// Many publishers at little cost: all send the same recorded bytes.
@NullMarked
package io.lunarstream.bench.sender;

import org.jspecify.annotations.NullMarked;
