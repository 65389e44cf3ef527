@NullMarked
package io.lunarstream.server.pushauth;

import org.jspecify.annotations.NullMarked;
