@NullMarked
package io.lunarstream.bench.micro;

import org.jspecify.annotations.NullMarked;
