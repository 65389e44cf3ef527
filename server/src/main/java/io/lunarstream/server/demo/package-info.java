/// The demo: a test picture that the program broadcasts to itself.
@NullMarked
package io.lunarstream.server.demo;

import org.jspecify.annotations.NullMarked;
