@NullMarked
package io.lunarstream.server.apidocs;

import org.jspecify.annotations.NullMarked;
