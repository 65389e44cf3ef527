package io.lunarstream.rtmp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.RtmpException.Reason;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishAddressTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            # encoder                    | tcUrl                    | app             | name         | app      | key
            FFmpeg, one part             | rtmp://h/key             | key             | ""           | ""       | key
            FFmpeg, one part, query      | rtmp://h/key?q=v         | key?q=v         | ""           | ""       | key
            FFmpeg, two parts            | rtmp://h/live            | live            | key          | live     | key
            FFmpeg, two parts, query     | rtmp://h/live            | live            | key?q=v      | live     | key
            OBS, empty key box           | rtmp://h/live/key        | live/key        | ""           | live     | key
            OBS, empty key box, query    | rtmp://h:1935/live/key?q=v | live/key?q=v  | ""           | live     | key
            OBS, several renditions      | rtmp://h/live/key?q=v    | live/key?q=v    | ?q=v         | live     | key
            Neko                         | 'rtmp://h/key            | key             | ""           | ""       | key
            query before the name        | rtmp://h/live?q=v        | live?q=v        | key          | live     | key
            query on tcUrl alone         | rtmp://h/live?q=v        | live            | key          | live     | key
            query everywhere             | rtmp://h/live?q=v        | live?q=v        | key?q=v      | live     | key
            no tcUrl                     | ""                       | live            | key          | live     | key
            no app                       | rtmp://h/live            | ""              | key          | live     | key
            no app, whole tcUrl          | rtmp://h/live/key        | ""              | key          | live     | key
            whole tcUrl                  | rtmp://h/live/key        | live            | key          | live     | key
            key in both boxes            | rtmp://h/live/key        | live/key        | key          | live     | key
            many parts                   | rtmp://h/a/b/c           | a/b/c           | key          | a/b/c    | key
            default instance             | rtmp://h/live/_definst_  | live/_definst_  | key          | live     | key
            default instance on one side | rtmp://h/live/_definst_  | live            | key          | live     | key
            slashes                      | rtmp://h/live/           | /live/          | /key/        | live     | key
            RTMPS and port               | rtmps://h:443/live       | live            | key          | live     | key
            no scheme                    | h/live                   | live            | key          | live     | key
            escaped on one side          | rtmp://h/l%69ve          | live            | k%65y        | live     | key
            escaped query                | rtmp://h/live            | live            | key?q=%76    | live     | key
            escaped question mark        | rtmp://h/live            | live            | key%3Fq%3Dv  | live     | key
            escapes that are none        | rtmp://h/live            | live            | key?x=%&y=%z | live     | key
            """)
    void findsAppAndStreamKey(String name, String tcUrl, String app, String publishName, String expected, String key) {
        PublishAddress address = PublishAddress.resolve(tcUrl, app, publishName);
        assertThat(address.app()).as(name).isEqualTo(expected);
        assertThat(address.streamKey()).as(name).isEqualTo(key);
        if ((tcUrl + app + publishName).contains("q")) {
            assertThat(address.parameters()).as(name).isEqualTo(Map.of("q", "v"));
        }
    }

    @Test
    void takesAllParametersWithTheirDecodedValues() {
        PublishAddress address =
                PublishAddress.resolve("rtmp://h/live?a=1", "live?b=2&&c", "key?d=a=b&e=%C3%9F+?f=%25");
        assertThat(address.parameters())
                .isEqualTo(Map.of("a", "1", "b", "2", "c", "", "d", "a=b", "e", "ß+", "f", "%"));
        assertThat(address.parameter("e")).hasValue("ß+");
        assertThat(address.parameter("x")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            nothing at all       | ""                        | ""              | ""
            only a query         | rtmp://h                  | ""              | ?secret=SECRET
            two apps             | rtmp://h/SECRET           | live            | key
            two names            | rtmp://h/live/SECRET      | live            | key
            two values           | rtmp://h/live?t=SECRET    | live            | key?t=other
            two values in one    | rtmp://h/live             | live            | key?t=SECRET&t=other
            """)
    void refusesContradictionsWithoutTellingSecrets(String name, String tcUrl, String app, String publishName) {
        assertThatThrownBy(() -> PublishAddress.resolve(tcUrl, app, publishName))
                .as(name)
                .isInstanceOfSatisfying(RtmpException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.BAD_ADDRESS);
                    assertThat(e.getMessage()).doesNotContain("SECRET", "other", "live");
                });
    }

    @Test
    void refusesAnAddressThatIsTooLong() {
        assertThat(PublishAddress.resolve("", "live", "k".repeat(4_096)).streamKey())
                .hasSize(4_096);
        assertThatThrownBy(() -> PublishAddress.resolve("", "live", "k".repeat(4_097)))
                .isInstanceOfSatisfying(
                        RtmpException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED));
    }

    @Test
    void refusesMoreThan64Parameters() {
        assertThat(PublishAddress.resolve("", "live", "key?" + parameters(64)).parameters())
                .hasSize(64);
        assertThatThrownBy(() -> PublishAddress.resolve("", "live", "key?" + parameters(65)))
                .isInstanceOfSatisfying(
                        RtmpException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED));
    }

    private static String parameters(int count) {
        return IntStream.range(0, count).mapToObj(i -> "p" + i + "=" + i).collect(Collectors.joining("&"));
    }

    @Test
    void showsOnlyTheStreamKey() {
        PublishAddress address = PublishAddress.resolve("rtmp://h/app", "app", "key?pushToken=SECRET");
        assertThat(new SessionEvent.PublishRequested(address).toString())
                .contains("key")
                .doesNotContain("SECRET", "pushToken", "app");
    }
}
