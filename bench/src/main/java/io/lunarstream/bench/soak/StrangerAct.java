package io.lunarstream.bench.soak;

/// What comes to the ports beside encoders and viewers. The server has to close each connection of its own accord.
enum StrangerAct {
    NOISE("random bytes on the RTMP port"),
    HTTP_ON_RTMP("HTTP on the RTMP port"),
    SILENCE("a connection that never speaks"),
    HALF_HANDSHAKE("half a handshake, then silence"),
    HANDSHAKE_THEN_NOISE("a handshake, then random bytes"),
    HUGE_MESSAGE("a message that says it has 16 MiB"),
    UNKNOWN_STREAM("an encoder with a stream key and a token that nobody gave out"),
    NOISE_ON_HTTP("random bytes on the HTTP port");

    private final String words;

    StrangerAct(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
