/// What the operator's machines read: metrics and health.
@NullMarked
package io.lunarstream.server.metrics;

import org.jspecify.annotations.NullMarked;
