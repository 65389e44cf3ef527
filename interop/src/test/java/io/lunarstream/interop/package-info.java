/// Foreign programs against the packaged server.
@NullMarked
package io.lunarstream.interop;

import org.jspecify.annotations.NullMarked;
