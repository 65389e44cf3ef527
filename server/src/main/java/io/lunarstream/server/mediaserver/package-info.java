/// Media servers: where livestreams are sent to and watched from.
@NullMarked
package io.lunarstream.server.mediaserver;

import org.jspecify.annotations.NullMarked;
