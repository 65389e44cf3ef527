package io.lunarstream.server.origin;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lunarstream.server.http.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Timeout;

/// Fuzzes what a viewer's request says, in a line each: path, query, `Range`, `If-None-Match`, `Accept-Encoding`.
class HlsRequestFuzzTest {
    private static final int LINES = 5;
    private static final long LENGTH = 1_000;
    private static final long LARGEST_NUMBER = 999_999_999;
    private static final String ETAG = "\"4-a1\"";

    @FuzzTest
    @Timeout(10)
    void isUnderstoodOrRefused(byte[] bytes) {
        String[] lines = Arrays.copyOf(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", LINES), LINES);
        path(lines[0]);
        query(String.valueOf(lines[1]));
        range(String.valueOf(lines[2]));
        boolean named = Preconditions.names(String.valueOf(lines[3]), ETAG);
        assertThat(!named || String.valueOf(lines[3]).contains(ETAG) || lines[3].contains("*"))
                .isTrue();
        boolean gzip = Preconditions.allowsGzip(String.valueOf(lines[4]));
        assertThat(!gzip || lines[4].contains("gzip") || lines[4].contains("*")).isTrue();
    }

    /// Put together again, what a path names is the path.
    private static void path(String path) {
        HlsPath.of(path).ifPresent(named -> {
            assertThat(named.streamKey()).doesNotContain("/");
            String below = switch (named) {
                case HlsPath.Multivariant _ -> path.substring(path.lastIndexOf('/') + 1);
                case HlsPath.Media media -> media.generation() + "/" + media.name();
                case HlsPath.Stored stored -> stored.generation() + "/" + stored.name();
            };
            String prefix = switch (named.form()) {
                case FMP4 -> HlsPath.FMP4_PREFIX;
                case MPEG_TS -> HlsPath.MPEG_TS_PREFIX;
            };
            assertThat(prefix + named.streamKey() + "/" + below).isEqualTo(path);
        });
    }

    private static void query(String query) {
        try {
            DeliveryDirectives asked = DeliveryDirectives.of(query);
            assertThat(asked.mediaSequence().orElse(0)).isBetween(0L, LARGEST_NUMBER);
            assertThat(asked.partIndex().orElse(0)).isNotNegative();
            assertThat(asked.partIndex().isEmpty() || asked.blocking()).isTrue();
        } catch (ApiException e) {
            assertThat(query).contains("_HLS_");
        }
    }

    private static void range(String header) {
        if (ByteRange.of(header, LENGTH) instanceof ByteRange.Part(long first, long last)) {
            assertThat(first).isBetween(0L, last);
            assertThat(last).isLessThan(LENGTH);
        }
    }
}
