@NullMarked
package io.lunarstream.server.audit;

import org.jspecify.annotations.NullMarked;
