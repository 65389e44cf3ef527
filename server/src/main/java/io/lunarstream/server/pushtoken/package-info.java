/// Push tokens: the short-lived secrets that let a publisher send to one livestream. Signed, stored and checked here.
@NullMarked
package io.lunarstream.server.pushtoken;

import org.jspecify.annotations.NullMarked;
