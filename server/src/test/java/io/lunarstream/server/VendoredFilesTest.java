package io.lunarstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.auth.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files of others are as they were published: each folder that has some says so in its `VENDORED.md`.
class VendoredFilesTest {
    private static final Pattern CHECKSUM = Pattern.compile("\\| `([^`]+)` \\| ([0-9a-f]{64}) \\|");

    static List<Path> pages() throws IOException {
        try (Stream<Path> server = Files.walk(Path.of("src"));
                Stream<Path> contract = Files.walk(Path.of("../contract/src"))) {
            return Stream.concat(server, contract)
                    .filter(file -> file.endsWith("VENDORED.md"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyFileHasItsChecksum(Path page) throws IOException {
        Map<String, String> checksums = CHECKSUM.matcher(Files.readString(page))
                .results()
                .filter(row -> !row.group(1).endsWith(".tgz"))
                .collect(Collectors.toMap((MatchResult row) -> row.group(1), row -> row.group(2)));
        assertThat(checksums).hasSizeGreaterThan(2);
        for (Map.Entry<String, String> file : checksums.entrySet()) {
            assertThat(Sha256.hex(Files.readAllBytes(page.resolveSibling(file.getKey()))))
                    .as(file.getKey())
                    .isEqualTo(file.getValue());
        }
    }
}
