package io.lunarstream.bench.peer;

import java.net.URI;

/// Where an encoder sends to, and where viewers get it.
///
/// @param publishAddress with whatever lets the encoder in; not to be logged
/// @param playlist a media playlist, or a multivariant one
public record Livestream(String publishAddress, URI playlist) {}
