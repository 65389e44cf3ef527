/// The command line: what `./lunar` can be told beside `up` and `publish`, all of it by way of the HTTP API.
@NullMarked
package io.lunarstream.server.command;

import org.jspecify.annotations.NullMarked;
