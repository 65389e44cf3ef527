@NullMarked
package io.lunarstream.server.ingest;

import org.jspecify.annotations.NullMarked;
