@NullMarked
package io.lunarstream.server.database;

import org.jspecify.annotations.NullMarked;
