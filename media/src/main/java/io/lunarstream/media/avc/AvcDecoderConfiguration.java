package io.lunarstream.media.avc;

/// PLACE: completed by the codec work.
public record AvcDecoderConfiguration(String rfc6381) {}
