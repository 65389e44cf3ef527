/// Authentication: from credentials to a principal.
@NullMarked
package io.lunarstream.server.auth;

import org.jspecify.annotations.NullMarked;
