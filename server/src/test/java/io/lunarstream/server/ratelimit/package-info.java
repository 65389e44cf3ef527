@NullMarked
package io.lunarstream.server.ratelimit;

import org.jspecify.annotations.NullMarked;
