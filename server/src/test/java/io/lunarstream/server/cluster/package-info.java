/// Tests of several nodes on one database.
@NullMarked
package io.lunarstream.server.cluster;

import org.jspecify.annotations.NullMarked;
