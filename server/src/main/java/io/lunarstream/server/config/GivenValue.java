package io.lunarstream.server.config;

import java.util.List;

/// What somebody wrote for a key.
///
/// @param words the value: one word, or one for each entry of a list
/// @param source where it was written: an option, a variable or a file
record GivenValue(List<String> words, String source) {
    GivenValue {
        words = List.copyOf(words);
    }
}
