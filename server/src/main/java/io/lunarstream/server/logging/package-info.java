/// What the log is spared.
@NullMarked
package io.lunarstream.server.logging;

import org.jspecify.annotations.NullMarked;
