package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FoldedTextTest {

    @Test
    void caseOfEveryScriptIsFolded() {
        assertThat(FoldedText.fold("TRỰC TIẾP ΣΑΣ")).isEqualTo(FoldedText.fold("trực tiếp σας"));
    }

    @Test
    void whatMeansSomethingInAPatternIsTakenLiterally() {
        assertThat(FoldedText.partPattern("50%_!")).isEqualTo("%50!%!_!!%");
    }
}
