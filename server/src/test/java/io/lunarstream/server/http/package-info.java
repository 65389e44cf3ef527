@NullMarked
package io.lunarstream.server.http;

import org.jspecify.annotations.NullMarked;
