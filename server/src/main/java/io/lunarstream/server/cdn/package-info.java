/// How the caches in front of the origin do, as seen from here.
@NullMarked
package io.lunarstream.server.cdn;

import org.jspecify.annotations.NullMarked;
