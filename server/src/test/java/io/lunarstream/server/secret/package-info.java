@NullMarked
package io.lunarstream.server.secret;

import org.jspecify.annotations.NullMarked;
