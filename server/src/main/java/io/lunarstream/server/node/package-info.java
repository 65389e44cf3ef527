/// What makes a media server a node: it asks the API whom to let in and tells it what is live, over HTTP.
@NullMarked
package io.lunarstream.server.node;

import org.jspecify.annotations.NullMarked;
