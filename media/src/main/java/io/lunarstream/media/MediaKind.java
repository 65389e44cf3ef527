package io.lunarstream.media;

/// What a track carries.
public enum MediaKind {
    VIDEO,
    AUDIO
}
