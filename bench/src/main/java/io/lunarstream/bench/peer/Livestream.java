package io.lunarstream.bench.peer;

import java.net.URI;
import java.util.Optional;

/// Where an encoder sends to, and where viewers get it.
///
/// @param id what its server calls it
/// @param publishAddress with whatever lets the encoder in; not to be logged
/// @param playlist a media playlist, or a multivariant one
/// @param lowLatencyPlaylist the same with parts, where the server makes them
public record Livestream(String id, String publishAddress, URI playlist, Optional<URI> lowLatencyPlaylist) {}
