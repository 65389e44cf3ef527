package io.lunarstream.server.live;

/// Something about an encoder's settings that its operator should mend.
///
/// @param code a stable machine word, such as `KEYFRAME_INTERVAL_LONG`
/// @param message one sentence that says what is wrong and how to mend it
public record IngestWarning(String code, String message) {}
