package io.lunarstream.bench.soak;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What is taken for a segment, and what is not.
class MediaBytesTest {
    private static final int PACKET_BYTES = 188;

    @Test
    void takesWholePacketsThatBeginWithAPat() {
        assertThatCode(() -> MediaBytes.requireTransportStream(packets(3))).doesNotThrowAnyException();
    }

    @Test
    void refusesHalfAPacket() {
        byte[] cut = Arrays.copyOf(packets(3), 3 * PACKET_BYTES - 1);
        refused(() -> MediaBytes.requireTransportStream(cut), "whole packets");
        refused(() -> MediaBytes.requireTransportStream(new byte[0]), "whole packets");
    }

    @Test
    void refusesALostSyncByte() {
        byte[] packets = packets(3);
        packets[PACKET_BYTES] = 0;
        refused(() -> MediaBytes.requireTransportStream(packets), "no sync byte at 188");
    }

    @Test
    void refusesASegmentThatBeginsInTheMiddle() {
        byte[] packets = packets(1);
        packets[2] = 17;
        refused(() -> MediaBytes.requireTransportStream(packets), "a PAT, not of PID 17");
    }

    @Test
    void takesFragments() {
        byte[] segment = boxes("styp", "moof", "mdat", "moof", "mdat");
        assertThatCode(() -> MediaBytes.requireFragments(segment)).doesNotThrowAnyException();
    }

    @Test
    void refusesWhatIsNoFragment() {
        refused(() -> MediaBytes.requireFragments(boxes("moof", "moof", "mdat")), "an mdat follows each moof");
        refused(() -> MediaBytes.requireFragments(boxes("styp")), "without a moof");
        refused(() -> MediaBytes.requireFragments(boxes("ftyp", "moov")), "do not belong");
    }

    @Test
    void refusesACutBox() {
        byte[] whole = boxes("moof", "mdat");
        refused(() -> MediaBytes.requireFragments(Arrays.copyOf(whole, whole.length - 1)), "a box of 12 bytes");
        refused(() -> MediaBytes.requireFragments(Arrays.copyOf(whole, 15)), "half a box header at 12");
    }

    @Test
    void tellsAnInitSegment() {
        assertThatCode(() -> MediaBytes.requireInitSegment(boxes("ftyp", "moov")))
                .doesNotThrowAnyException();
        refused(() -> MediaBytes.requireInitSegment(boxes("ftyp")), "ftyp and moov");
    }

    private static void refused(Runnable check, String why) {
        assertThatThrownBy(check::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static byte[] packets(int count) {
        byte[] bytes = new byte[count * PACKET_BYTES];
        for (int i = 0; i < count; i++) {
            bytes[i * PACKET_BYTES] = 0x47;
        }
        return bytes;
    }

    /// Boxes with four bytes in each.
    private static byte[] boxes(String... types) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String type : types) {
            bytes.writeBytes(ByteBuffer.allocate(12)
                    .putInt(12)
                    .put(type.getBytes(StandardCharsets.US_ASCII))
                    .array());
        }
        return bytes.toByteArray();
    }
}
