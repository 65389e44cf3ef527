@NullMarked
package io.lunarstream.hls;

import org.jspecify.annotations.NullMarked;
