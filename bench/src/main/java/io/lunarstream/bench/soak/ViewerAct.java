package io.lunarstream.bench.soak;

/// What a viewer does, beside those who follow each livestream in both forms all along.
enum ViewerAct {
    FOLLOW_LOW_LATENCY("waits for each part and fetches it"),
    SEEK_BACK("fetches old segments of the window, whole and in ranges"),
    STALL("asks for segments and reads nothing for a minute"),
    LEAVE_IN_SEGMENT("disconnects in the middle of a segment"),
    LEAVE_WHILE_WAITING("disconnects while it waits for a part");

    private final String words;

    ViewerAct(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
