@NullMarked
package io.lunarstream.server.config;

import org.jspecify.annotations.NullMarked;
