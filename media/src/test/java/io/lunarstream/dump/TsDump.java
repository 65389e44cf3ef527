package io.lunarstream.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.media.bytes.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// MPEG-TS as text: tables, clock references, and each PES packet with what is in it, in order of their beginnings.
///
/// It fails on whatever a strict reader would not take: a wrong sync byte, counter, checksum or length. It reads the
/// segments of one stream one after the other.
public final class TsDump {
    /// A PES packet as it was found.
    public record Pes(int pid, long pts, long dts, boolean randomAccess, long pcr, ByteString payload) {}

    private static final int PACKET = 188;

    private final Map<Integer, Integer> counters = new HashMap<>();
    private final Map<Integer, Integer> streamTypes = new TreeMap<>();
    private final Map<Integer, Unit> openUnits = new TreeMap<>();
    private final List<Pes> pesPackets = new ArrayList<>();
    private final List<Long> pcrs = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private int pmtPid = -1;
    private int pcrPid = -1;

    private static final class Unit {
        private final ByteBuf bytes = Unpooled.buffer();
        private boolean randomAccess;
        private long pcr = -1;
        private int packets;
        private int line;
    }

    /// The text of one segment.
    public String segment(ByteBuf segment) {
        lines.clear();
        pmtPid = -1;
        assertThat(segment.readableBytes() % PACKET).as("whole packets").isZero();
        for (int at = segment.readerIndex(); at < segment.writerIndex(); at += PACKET) {
            packet(segment.slice(at, PACKET));
        }
        List.copyOf(openUnits.keySet()).forEach(this::endUnit);
        return String.join("\n", lines) + "\n";
    }

    /// All PES packets of all segments so far.
    public List<Pes> pesPackets() {
        return pesPackets;
    }

    /// All clock references of all segments so far.
    public List<Long> pcrs() {
        return pcrs;
    }

    private void packet(ByteBuf in) {
        assertThat(in.readUnsignedByte()).as("sync byte").isEqualTo((short) 0x47);
        int flags = in.readUnsignedShort();
        boolean unitStart = (flags & 0x4000) != 0;
        int pid = flags & 0x1FFF;
        int control = in.readUnsignedByte();
        boolean hasPayload = (control & 0x10) != 0;
        if (isDiscontinuous(in, control)) {
            counters.remove(pid);
        }
        checkCounter(pid, control & 0xF, hasPayload);
        boolean randomAccess = false;
        long pcr = -1;
        if ((control & 0x20) != 0) {
            ByteBuf field = in.readSlice(in.readUnsignedByte());
            assertThat(hasPayload || field.readableBytes() == 183).isTrue();
            int fieldFlags = field.isReadable() ? field.readUnsignedByte() : 0;
            randomAccess = (fieldFlags & 0x40) != 0;
            if ((fieldFlags & 0x10) != 0) {
                pcr = (field.readUnsignedInt() << 1) | (field.readUnsignedShort() >>> 15);
                pcrs.add(pcr);
                assertThat(pid).as("PID of PCR").isEqualTo(pcrPid);
            }
            while (field.isReadable()) {
                assertThat(field.readUnsignedByte()).as("stuffing").isEqualTo((short) 0xFF);
            }
        }
        if (!hasPayload) {
            line("pcr only: " + pcr);
        } else if (pid == 0 || pid == pmtPid) {
            assertThat(unitStart).isTrue();
            table(pid, in);
        } else {
            payload(pid, unitStart, randomAccess, pcr, in);
        }
    }

    /// Whether the adaptation field has its `discontinuity_indicator` set.
    private static boolean isDiscontinuous(ByteBuf in, int control) {
        boolean hasField = (control & 0x20) != 0 && in.getUnsignedByte(in.readerIndex()) > 0;
        return hasField && (in.getUnsignedByte(in.readerIndex() + 1) & 0x80) != 0;
    }

    private void checkCounter(int pid, int counter, boolean hasPayload) {
        Integer last = hasPayload ? counters.put(pid, counter) : counters.get(pid);
        if (last != null) {
            assertThat(counter).as("continuity counter of " + pid).isEqualTo(hasPayload ? (last + 1) & 0xF : last);
        }
    }

    private void table(int pid, ByteBuf in) {
        assertThat(in.readUnsignedByte()).as("pointer_field").isZero();
        int start = in.readerIndex();
        int tableId = in.readUnsignedByte();
        int length = in.readUnsignedShort() & 0xFFF;
        assertThat(crc(in.slice(start, 3 + length)))
                .as("checksum over the checksum")
                .isZero();
        ByteBuf section = in.readSlice(length - 4).skipBytes(5);
        if (pid == 0) {
            assertThat(tableId).isZero();
            int program = section.readUnsignedShort();
            pmtPid = section.readUnsignedShort() & 0x1FFF;
            line("PAT: program " + program + " pid " + pmtPid);
        } else {
            assertThat(tableId).isEqualTo(2);
            pcrPid = section.readUnsignedShort() & 0x1FFF;
            assertThat(section.readUnsignedShort()).as("program_info_length").isEqualTo(0xF000);
            streamTypes.clear();
            while (section.isReadable()) {
                int type = section.readUnsignedByte();
                streamTypes.put(section.readUnsignedShort() & 0x1FFF, type);
                section.skipBytes(section.readUnsignedShort() & 0xFFF);
            }
            line("PMT: pcr pid " + pcrPid + " streams " + streamTypes);
        }
    }

    private void payload(int pid, boolean unitStart, boolean randomAccess, long pcr, ByteBuf in) {
        assertThat(streamTypes).containsKey(pid);
        if (unitStart) {
            endUnit(pid);
            Unit unit = new Unit();
            unit.randomAccess = randomAccess;
            unit.pcr = pcr;
            unit.line = lines.size();
            line("");
            openUnits.put(pid, unit);
        }
        Unit unit = Objects.requireNonNull(openUnits.get(pid), "packet without a unit");
        unit.bytes.writeBytes(in);
        unit.packets++;
    }

    private void endUnit(int pid) {
        Unit unit = openUnits.remove(pid);
        if (unit == null) {
            return;
        }
        ByteBuf in = unit.bytes;
        assertThat(in.readUnsignedMedium()).isEqualTo(1);
        int streamId = in.readUnsignedByte();
        int length = in.readUnsignedShort();
        assertThat(length).isEqualTo(streamId >= 0xE0 ? 0 : in.readableBytes());
        assertThat(in.readUnsignedByte() & 0xC0).isEqualTo(0x80);
        int flags = in.readUnsignedByte();
        ByteBuf header = in.readSlice(in.readUnsignedByte());
        long pts = timeStamp(header, flags == 0xC0 ? 3 : 2);
        long dts = flags == 0xC0 ? timeStamp(header, 1) : pts;
        assertThat(header.isReadable()).isFalse();
        ByteString payload = ByteString.copyOf(in, in.readerIndex(), in.readableBytes());
        pesPackets.add(new Pes(pid, pts, dts, unit.randomAccess, unit.pcr, payload));
        lines.set(
                unit.line,
                "pid %d: pts %d dts %d%s%s, %d bytes in %d packets, %s"
                        .formatted(
                                pid,
                                pts,
                                dts,
                                unit.randomAccess ? " random access" : "",
                                unit.pcr < 0 ? "" : " pcr " + unit.pcr,
                                payload.size(),
                                unit.packets,
                                streamTypes.getOrDefault(pid, 0) == 0x1B ? nalUnits(payload) : adtsFrames(payload)));
    }

    private static long timeStamp(ByteBuf in, int prefix) {
        int high = in.readUnsignedByte();
        int middle = in.readUnsignedShort();
        int low = in.readUnsignedShort();
        assertThat(high >>> 4).as("prefix of time stamp").isEqualTo(prefix);
        assertThat(high & middle & low & 1).as("marker bits").isEqualTo(1);
        return ((long) ((high >>> 1) & 7) << 30) | ((middle >>> 1) << 15) | (low >>> 1);
    }

    private static String nalUnits(ByteString payload) {
        StringBuilder types = new StringBuilder("nal units");
        for (int i = 0; i + 3 < payload.size(); i++) {
            if (payload.at(i) == 0 && payload.at(i + 1) == 0 && payload.at(i + 2) == 1) {
                types.append(' ').append(payload.at(i + 3) & 0x1F);
            }
        }
        return types + " crc " + Crc32.of(payload);
    }

    private static String adtsFrames(ByteString payload) {
        ByteBuf in = Unpooled.buffer();
        payload.writeTo(in);
        StringBuilder frames = new StringBuilder("adts");
        while (in.isReadable()) {
            int length = (in.getInt(in.readerIndex() + 3) >>> 13) & 0x1FFF;
            ByteBuf header = in.readSlice(7);
            assertThat(header.getUnsignedShort(0)).isEqualTo(0xFFF1);
            in.skipBytes(length - 7);
            frames.append(' ').append(length);
        }
        return frames + " crc " + Crc32.of(payload);
    }

    /// Zero for a section that ends with its own right checksum.
    private static int crc(ByteBuf section) {
        long crc = 0xFFFF_FFFFL;
        for (int bit = 0; bit < section.readableBytes() * 8; bit++) {
            int data = (section.getByte(bit / 8) >>> (7 - bit % 8)) & 1;
            long high = (crc >>> 31) ^ data;
            crc = ((crc << 1) & 0xFFFF_FFFFL) ^ (high == 1 ? 0x04C1_1DB7L : 0);
        }
        return (int) crc;
    }

    private void line(String line) {
        lines.add(line);
    }
}
