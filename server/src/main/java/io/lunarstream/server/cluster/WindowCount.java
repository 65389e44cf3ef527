package io.lunarstream.server.cluster;

/// Where a window stands that several nodes count in.
///
/// @param requests how many have come, this one included
/// @param leftMs until the window closes
public record WindowCount(long requests, long leftMs) {}
