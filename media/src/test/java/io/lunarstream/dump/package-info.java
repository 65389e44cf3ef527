/// What tests look through: clips as samples, and muxed bytes as text.
///
/// The dumpers read bytes by their specifications, with nothing of the writers' code, and check as they go.
@NullMarked
package io.lunarstream.dump;

import org.jspecify.annotations.NullMarked;
