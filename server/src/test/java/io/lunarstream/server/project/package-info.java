@NullMarked
package io.lunarstream.server.project;

import org.jspecify.annotations.NullMarked;
