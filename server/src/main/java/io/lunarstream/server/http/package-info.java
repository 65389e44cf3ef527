/// HTTP: the listener, the chain of every API request, and the shapes of requests, responses and errors.
///
/// Feature packages offer a list of [Route][io.lunarstream.server.http.Route]s. A route's handler reads the request's
/// [Shape][io.lunarstream.server.http.Shape], asks a service, and answers with a
/// [Response][io.lunarstream.server.http.Response]; it never sees a socket.
@NullMarked
package io.lunarstream.server.http;

import org.jspecify.annotations.NullMarked;
