@NullMarked
package io.lunarstream.server;

import org.jspecify.annotations.NullMarked;
