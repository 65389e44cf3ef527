package io.lunarstream.media.aac;

/// PLACE: completed by the codec work.
public record AudioSpecificConfig(String rfc6381) {}
