/// Livestreams: the lasting resource of the API, its status, and what its broadcasts do to it.
@NullMarked
package io.lunarstream.server.livestream;

import org.jspecify.annotations.NullMarked;
