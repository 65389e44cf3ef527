/// Tests of media nodes.
@NullMarked
package io.lunarstream.server.node;

import org.jspecify.annotations.NullMarked;
