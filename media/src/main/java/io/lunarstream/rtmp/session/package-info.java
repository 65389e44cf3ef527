/// A publish session as a state machine without I/O, on the server's and on the client's side.
@NullMarked
package io.lunarstream.rtmp.session;

import org.jspecify.annotations.NullMarked;
