/// `./lunar bench`: measures our server and others in turn, and writes what came out.
@NullMarked
package io.lunarstream.bench;

import org.jspecify.annotations.NullMarked;
