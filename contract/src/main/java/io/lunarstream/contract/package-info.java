/// The contract, `openapi.yaml`, as a judge: every response that a test gets is held against it.
///
/// Knows nothing of the program but the document, so that it serves tests inside and outside of it alike.
@NullMarked
package io.lunarstream.contract;

import org.jspecify.annotations.NullMarked;
