@NullMarked
package io.lunarstream.server.auth;

import org.jspecify.annotations.NullMarked;
