package io.lunarstream.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The partner guide's fenced blocks, in their order.
final class Guide {
    private static final Path FILE = Path.of("..", "docs", "partner-guide.md");
    private static final Pattern FENCE =
            Pattern.compile("^```([^\n]*)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /// What a block is, as the words after its fence say it. Another word fails the test: no block may go untried.
    enum Kind {
        /// Commands that end by themselves, for one terminal, in order.
        SHELL("sh"),
        /// A command that broadcasts until it is stopped.
        ENCODER("sh encoder"),
        /// The JSON that the commands before it have printed last.
        JSON_ANSWER("json answer"),
        /// The lines that the commands before it have printed.
        TEXT_ANSWER("text answer"),
        /// A program for Node.
        BACKEND("js backend"),
        /// A module for the page.
        PLAYER("js player"),
        /// A page that uses the module.
        PAGE("html page"),
        /// A frame for any page.
        EMBED("html embed");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        private static Kind of(String words) {
            return Arrays.stream(values())
                    .filter(kind -> kind.words.equals(words))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no test runs blocks of the kind \"" + words + "\""));
        }
    }

    /// One fenced block.
    record Block(Kind kind, String text) {}

    private final List<Block> blocks;

    private Guide(List<Block> blocks) {
        this.blocks = blocks;
    }

    static Guide read() {
        try {
            return new Guide(FENCE.matcher(Files.readString(FILE))
                    .results()
                    .map((MatchResult fence) -> new Block(Kind.of(fence.group(1)), fence.group(2)))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Block> blocks() {
        return blocks;
    }

    /// The text of the only block of a kind.
    String only(Kind kind) {
        List<Block> found =
                blocks.stream().filter(block -> block.kind() == kind).toList();
        if (found.size() != 1) {
            throw new AssertionError("one block expected of kind " + kind + ", not " + found.size());
        }
        return found.getFirst().text();
    }
}
