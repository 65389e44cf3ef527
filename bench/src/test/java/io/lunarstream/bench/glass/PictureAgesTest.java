package io.lunarstream.bench.glass;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PictureAgesTest {
    private static final String CONSOLE = """
            [13989:13989:1123/091615.503312:INFO:CONSOLE:3] "hello", source: file:///p.html (3)
            [1:1:1123/091616.0:INFO:CONSOLE:44] "glass to glass 2100 ms at 1700000000000", source: file:///p.html (44)
            [1:1:1123/091616.1:INFO:CONSOLE:44] "glass to glass 1800 ms at 1700000000100", source: file:///p.html (44)
            [1:1:1123/091616.2:INFO:CONSOLE:44] "glass to glass 1700 ms at 1700000000200", source: file:///p.html (44)
            [1:1:1123/091616.3:INFO:CONSOLE:44] "glass to gl
            """;

    @Test
    void areReadFromTheConsoleFromATimeOn() {
        assertThat(PictureAges.read(CONSOLE, 1_700_000_000_100L)).containsExactly(1_800.0, 1_700.0);
    }

    @Test
    void areNoneBeforeTheFirstPicture() {
        assertThat(PictureAges.read(CONSOLE.lines().findFirst().orElseThrow(), 0))
                .isEmpty();
    }
}
