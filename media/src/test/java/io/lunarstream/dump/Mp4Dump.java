package io.lunarstream.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.media.bytes.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// MP4 as text: the tree of boxes with their fields, and the samples with where their bytes really are.
///
/// It fails on boxes that do not fill their parent to the byte, and on samples that are not in `mdat`.
public final class Mp4Dump {
    /// A sample as it was found.
    public record Found(long trackId, long dts, int compositionOffset, long duration, long flags, ByteString data) {
        private static final int NON_SYNC = 0x01_0000;

        /// Whether a decoder can start at a picture: `sample_is_non_sync_sample` is not set.
        public boolean sync() {
            return (flags & NON_SYNC) == 0;
        }
    }

    private static final Set<String> CONTAINERS =
            Set.of("moov", "trak", "mdia", "minf", "dinf", "stbl", "mvex", "moof", "traf");

    private final StringBuilder text = new StringBuilder();
    private final List<Found> samples = new ArrayList<>();
    private final ByteBuf file;
    private int moofStart;
    private int mdatStart;
    private int mdatEnd;
    private long trackId;
    private long dts;

    private Mp4Dump(ByteBuf file) {
        this.file = file;
    }

    /// The text of some bytes that begin and end with a box.
    public static String of(ByteBuf file) {
        Mp4Dump dump = new Mp4Dump(file.slice());
        dump.boxes(0, file.readableBytes(), "");
        return dump.text.toString();
    }

    /// The samples in fragments.
    public static List<Found> samples(ByteBuf file) {
        Mp4Dump dump = new Mp4Dump(file.slice());
        dump.boxes(0, file.readableBytes(), "");
        return dump.samples;
    }

    private void boxes(int start, int end, String indent) {
        int at = start;
        while (at < end) {
            int size = file.getInt(at);
            assertThat(size).as("size of box at " + at).isBetween(8, end - at);
            String type = file.toString(at + 4, 4, StandardCharsets.US_ASCII);
            text.append(indent).append(type).append(' ').append(size);
            content(type, at, at + size, indent + "  ");
            at += size;
        }
        assertThat(at).isEqualTo(end);
    }

    private void content(String type, int box, int end, String indent) {
        int start = box + 8;
        if (type.equals("moof")) {
            moofStart = box;
            mdatStart = end + 8;
            mdatEnd = end + file.getInt(end);
        }
        if (CONTAINERS.contains(type)) {
            text.append('\n');
            boxes(start, end, indent);
            return;
        }
        switch (type) {
            case "stsd", "dref" -> nested(start + 8, end, indent);
            case "avc1", "hvc1", "av01", "vp09" -> {
                text.append(": ").append(file.getUnsignedShort(start + 24)).append('x');
                text.append(file.getUnsignedShort(start + 26));
                nested(start + 78, end, indent);
            }
            case "mp4a", "Opus", "fLaC", "ac-3" -> {
                text.append(": channels ").append(file.getUnsignedShort(start + 16));
                text.append(" rate ").append(file.getUnsignedShort(start + 24));
                nested(start + 28, end, indent);
            }
            case "tfhd" -> {
                trackId = file.getUnsignedInt(start + 4);
                text.append(": flags %06x track %d%n".formatted(file.getUnsignedMedium(start + 1), trackId));
            }
            case "tfdt" -> {
                assertThat(file.getByte(start)).as("version").isEqualTo((byte) 1);
                dts = file.getLong(start + 4);
                text.append(": ").append(dts).append('\n');
            }
            case "trun" -> trun(start, end, indent);
            case "mdat" ->
                text.append(": crc ").append(Crc32.of(bytes(start, end))).append('\n');
            default ->
                text.append(": ")
                        .append(ByteBufUtil.hexDump(file, start, end - start))
                        .append('\n');
        }
    }

    private void nested(int start, int end, String indent) {
        text.append('\n');
        boxes(start, end, indent);
    }

    private void trun(int start, int end, String indent) {
        assertThat(file.getByte(start)).as("version").isEqualTo((byte) 1);
        int flags = file.getUnsignedMedium(start + 1);
        assertThat(flags & ~0xF01).as("flags that this dump knows").isZero();
        int count = file.getInt(start + 4);
        int dataAt = moofStart + file.getInt(start + 8);
        text.append(": flags %06x samples %d data at %d%n".formatted(flags, count, dataAt - moofStart));
        int at = start + 12;
        for (int i = 0; i < count; i++) {
            long duration = file.getUnsignedInt(at);
            int size = file.getInt(at + 4);
            at += 8;
            long sampleFlags = (flags & 0x400) == 0 ? 0 : file.getUnsignedInt(at);
            at += (flags & 0x400) == 0 ? 0 : 4;
            int offset = (flags & 0x800) == 0 ? 0 : file.getInt(at);
            at += (flags & 0x800) == 0 ? 0 : 4;
            assertThat(dataAt).isGreaterThanOrEqualTo(mdatStart);
            assertThat(dataAt + size).isLessThanOrEqualTo(mdatEnd);
            ByteString data = bytes(dataAt, dataAt + size);
            samples.add(new Found(trackId, dts, offset, duration, sampleFlags, data));
            text.append(indent)
                    .append("sample %d: dts %d offset %d duration %d flags %08x %d bytes crc %s%n"
                            .formatted(i, dts, offset, duration, sampleFlags, size, Crc32.of(data)));
            dataAt += size;
            dts += duration;
        }
        assertThat(at).isEqualTo(end);
    }

    private ByteString bytes(int start, int end) {
        return ByteString.copyOf(file, start, end - start);
    }
}
