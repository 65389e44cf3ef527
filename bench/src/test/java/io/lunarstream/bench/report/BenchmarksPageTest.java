package io.lunarstream.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarksPageTest {
    @TempDir
    private Path folder;

    private BenchmarksPage page;

    @BeforeEach
    void makePage() {
        page = new BenchmarksPage(folder.resolve("benchmarks.md"), List.of("ingest", "egress"));
    }

    @Test
    void keepsTheOrderWhicheverIsMeasuredFirst() throws IOException {
        page.put(new Section("egress", "bytes", Map.of()));
        page.put(new Section("ingest", "frames", Map.of()));
        assertThat(text()).containsSubsequence("# Benchmarks", "## ingest\n\nframes\n", "## egress\n\nbytes\n");
    }

    @Test
    void replacesWhatIsMeasuredAgainAndNothingElse() throws IOException {
        page.put(new Section("ingest", "old\n\n### more", Map.of()));
        page.put(new Section("egress", "bytes", Map.of()));
        page.put(new Section("ingest", "new", Map.of()));
        assertThat(text()).doesNotContain("old", "more").containsOnlyOnce("## ingest\n\nnew\n\n## egress\n\nbytes\n");
    }

    @Test
    void laysImagesBesideThePage() throws IOException {
        page.put(new Section("ingest", "![](benchmarks/a.svg)", Map.of("a.svg", "<svg/>")));
        assertThat(folder.resolve("benchmarks/a.svg")).hasContent("<svg/>");
    }

    private String text() throws IOException {
        return Files.readString(folder.resolve("benchmarks.md"));
    }
}
