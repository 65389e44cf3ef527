/// Glass to glass: an encoder whose pictures tell the time, and Chromium that reads it from the frames it shows.
@NullMarked
package io.lunarstream.bench.glass;

import org.jspecify.annotations.NullMarked;
