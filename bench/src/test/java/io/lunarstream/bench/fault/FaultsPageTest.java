package io.lunarstream.bench.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsPageTest {

    @TempDir
    private Path folder;

    private static Finding finding(String fault, String during, String... wrong) {
        return new Finding(fault, "a way", during, "a line", "Nothing.", List.of(wrong));
    }

    @Test
    void aRunReplacesItsOwnRowsOnly() throws IOException {
        Path file = folder.resolve("faults.md");
        FaultsPage page = new FaultsPage(file, List.of("first", "second"));

        page.put(List.of(finding("second", "old"), finding("first", "stays")), "measured once");
        page.put(List.of(finding("second", "new", "it fell")), "measured twice");

        assertThat(Files.readString(file))
                .startsWith("# Faults\n")
                .contains("measured twice")
                .endsWith("""
                    | --- | --- | --- | --- | --- |
                    | first | a way | stays | a line | Nothing. |
                    | second | a way | new | a line | Nothing. **Wrong:** it fell |
                    """);
    }

    @Test
    void whatCouldNotBeMadeIsSaid() throws IOException {
        Path file = folder.resolve("faults.md");

        new FaultsPage(file, List.of("first"))
                .put(List.of(Finding.notHere("first", "only root may do that")), "measured");

        assertThat(Files.readString(file)).contains("| first | not made here: only root may do that |");
    }
}
