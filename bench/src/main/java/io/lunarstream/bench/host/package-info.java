/// The machine that is measured on: programs that are started and ended, what they use, and a folder for their files.
@NullMarked
package io.lunarstream.bench.host;

import org.jspecify.annotations.NullMarked;
