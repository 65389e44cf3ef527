package io.lunarstream.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageTest {
    private static final String REST = " 20 0 5 0 1234 99999 250 18446744073709551615 1 1 0";

    @Test
    void isTimeOfTheProcessAndOfItsEndedChildren() {
        Usage usage = Usage.parse("42 (nginx) S 1 42 42 0 -1 4194560 10 20 0 0 150 50 30 20" + REST);
        assertThat(usage.cpuSeconds()).isEqualTo(2.5);
    }

    @Test
    void isMemoryInBytes() {
        Usage usage = Usage.parse("42 (nginx) S 1 42 42 0 -1 4194560 10 20 0 0 150 50 30 20" + REST);
        assertThat(usage.residentBytes()).isEqualTo(250 * 4_096);
    }

    @Test
    void isReadBehindANameWithBlanksAndParentheses() {
        Usage usage = Usage.parse("42 (a) 7 (b c) S 1 42 42 0 -1 4194560 10 20 0 0 100 0 0 0" + REST + "\n");
        assertThat(usage.cpuSeconds()).isEqualTo(1);
    }
}
