/// The contract as a document, `openapi.yaml`, and a page to read and try it. Source: the Partner API, public
/// endpoints.
@NullMarked
package io.lunarstream.server.apidocs;

import org.jspecify.annotations.NullMarked;
