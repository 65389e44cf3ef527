/// The program: builds everything in reading order and closes it in reverse.
@NullMarked
package io.lunarstream.server;

import org.jspecify.annotations.NullMarked;
