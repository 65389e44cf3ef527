package io.lunarstream.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void isMarkdown() {
        Table table = new Table("server", "CPU");
        table.add("ours|theirs", "1");
        assertThat(table.markdown()).isEqualTo("""
                | server | CPU |
                | --- | --- |
                | ours\\|theirs | 1 |
                """);
    }

    @Test
    void refusesARowOfAnotherWidth() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Table("a", "b").add("1"));
    }
}
