@NullMarked
package io.lunarstream.server.mediaserver;

import org.jspecify.annotations.NullMarked;
