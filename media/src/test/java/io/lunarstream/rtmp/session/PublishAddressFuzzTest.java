package io.lunarstream.rtmp.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.lunarstream.rtmp.RtmpException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Timeout;

/// Fuzzes the texts that an address to publish to is put together from: `tcUrl`, app and publish name, one in each
/// line.
class PublishAddressFuzzTest {
    private static final String SECRET = "5eCreT";

    @FuzzTest
    @Timeout(10)
    void namesAStreamKeyOrIsRefusedAndNeverTellsASecret(byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        try {
            PublishAddress address = PublishAddress.resolve(line(lines, 0), line(lines, 1), line(lines, 2));
            assertThat(address.streamKey()).isNotEmpty();
            if (!address.streamKey().contains(SECRET)) {
                assertThat(address.toString()).doesNotContain(SECRET);
            }
        } catch (RtmpException e) {
            assertThat(e.getMessage()).doesNotContain(SECRET);
        }
    }

    private static String line(String[] lines, int index) {
        return index < lines.length ? lines[index] : "";
    }
}
