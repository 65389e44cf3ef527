/// What a run leaves: medians, tables, plots, a page.
@NullMarked
package io.lunarstream.bench.report;

import org.jspecify.annotations.NullMarked;
