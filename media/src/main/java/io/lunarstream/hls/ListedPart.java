package io.lunarstream.hls;

/// A part as a media playlist lists it: `EXT-X-PART`.
///
/// @param name its address, relative to the playlist's; never has two contents
/// @param durationTicks in ticks of [io.lunarstream.media.Timescale#MPEG]: `DURATION`
/// @param independent whether it begins with a random access point: `INDEPENDENT`
public record ListedPart(String name, long durationTicks, boolean independent) {}
