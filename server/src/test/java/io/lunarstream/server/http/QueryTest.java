package io.lunarstream.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    @Test
    void everyValueOfANameIsKeptInOrder() {
        Query query = Query.parse("a=1&b=&a=x%20y+z&c&=5&");
        assertThat(query.of("a")).isEqualTo(List.of(Optional.of("1"), Optional.of("x y z")));
        assertThat(query.of("b")).isEqualTo(List.of(Optional.of("")));
        assertThat(query.of("c")).isEqualTo(List.of(Optional.of("")));
        assertThat(query.of("d")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%2", "%zz", "a%", "%ff", "%c3", "%ed%a0%80", "%+1"})
    void aValueThatIsNotCorrectlyEncodedIsEmpty(String value) {
        assertThat(Query.parse("a=" + value).of("a")).isEqualTo(List.of(Optional.empty()));
    }

    @Test
    void pathsKeepTheirPlus() {
        assertThat(Query.decode("a+b%41", /* plusIsBlank= */ false)).contains("a+bA");
        assertThat(Query.decode("é%C3%A9", /* plusIsBlank= */ true)).contains("éé");
    }
}
