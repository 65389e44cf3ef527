/// What the nodes of one database share: counts, and word of what has changed.
@NullMarked
package io.lunarstream.server.cluster;

import org.jspecify.annotations.NullMarked;
