/// What fuzz targets have in common: memory that is counted, and input that is cut in pieces.
@NullMarked
package io.lunarstream.fuzz;

import org.jspecify.annotations.NullMarked;
