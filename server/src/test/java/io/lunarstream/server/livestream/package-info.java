@NullMarked
package io.lunarstream.server.livestream;

import org.jspecify.annotations.NullMarked;
