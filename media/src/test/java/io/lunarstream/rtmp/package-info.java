/// Bytes as encoders send them, written by hand: nothing here uses the writers under test.
@NullMarked
package io.lunarstream.rtmp;

import org.jspecify.annotations.NullMarked;
