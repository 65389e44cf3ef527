/// Tests of the command line.
@NullMarked
package io.lunarstream.server.command;

import org.jspecify.annotations.NullMarked;
