package io.lunarstream.server.ingest;

import io.lunarstream.media.MediaKind;
import java.util.Locale;

/// The encoder sends a codec that cannot be carried, and nothing is left to play without it.
final class UnsupportedCodecException extends Exception {
    private static final long serialVersionUID = 1;

    private final String description;

    UnsupportedCodecException(MediaKind kind, String codec) {
        description = "UNSUPPORTED_CODEC: " + codec + " " + kind.name().toLowerCase(Locale.ROOT)
                + " is not supported; set the encoder to H.264 video and AAC audio";
    }

    /// What the encoder is told: the code and a sentence.
    String description() {
        return description;
    }
}
