/// Benchmarks of single classes of the media library, by JMH: no socket, no file, one thread.
@NullMarked
package io.lunarstream.bench.micro;

import org.jspecify.annotations.NullMarked;
