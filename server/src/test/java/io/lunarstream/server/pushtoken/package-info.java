@NullMarked
package io.lunarstream.server.pushtoken;

import org.jspecify.annotations.NullMarked;
