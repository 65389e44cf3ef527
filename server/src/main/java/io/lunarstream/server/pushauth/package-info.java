/// Push-auth: what media servers outside this process ask and tell about their publishers.
@NullMarked
package io.lunarstream.server.pushauth;

import org.jspecify.annotations.NullMarked;
