/// Rate limits: how many requests may come in, and what counts them.
@NullMarked
package io.lunarstream.server.ratelimit;

import org.jspecify.annotations.NullMarked;
