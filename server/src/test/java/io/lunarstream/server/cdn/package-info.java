/// Tests of how CDNs are watched.
@NullMarked
package io.lunarstream.server.cdn;

import org.jspecify.annotations.NullMarked;
