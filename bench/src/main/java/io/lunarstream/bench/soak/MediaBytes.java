package io.lunarstream.bench.soak;

import static io.lunarstream.bench.playlist.Rule.require;

import io.lunarstream.bench.playlist.HlsForm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Whether the bytes of a segment are what its form says, as far as one sees without decoding.
final class MediaBytes {
    /// Source: ISO/IEC 13818-1, section 2.4.3.2.
    private static final int PACKET_BYTES = 188;

    private static final int SYNC_BYTE = 0x47;

    /// Size and type. Source: ISO/IEC 14496-12, section 4.2.
    private static final int BOX_HEADER_BYTES = 8;

    private static final Set<String> SEGMENT_BOXES = Set.of("styp", "sidx", "prft", "emsg", "moof", "mdat");

    private MediaBytes() {}

    /// A segment, or a part of one.
    static void requireSegment(HlsForm form, byte[] bytes) {
        switch (form) {
            case FMP4 -> requireFragments(bytes);
            case MPEG_TS -> requireTransportStream(bytes);
        }
    }

    /// A segment of MPEG-TS: whole packets, and the first one begins the PAT.
    static void requireTransportStream(byte[] bytes) {
        require(
                bytes.length > 0 && bytes.length % PACKET_BYTES == 0,
                "a segment of MPEG-TS is whole packets, not " + bytes.length + " bytes");
        for (int at = 0; at < bytes.length; at += PACKET_BYTES) {
            require(bytes[at] == SYNC_BYTE, "no sync byte at " + at);
        }
        int pid = ((bytes[1] & 0x1F) << 8) | (bytes[2] & 0xFF);
        require(pid == 0, "the first packet of a segment is a PAT, not of PID " + pid);
    }

    /// A segment or a part of fMP4: fragments, each `moof` and `mdat`.
    static void requireFragments(byte[] bytes) {
        List<String> boxes = boxes(bytes);
        require(SEGMENT_BOXES.containsAll(boxes), "boxes that do not belong into a segment: " + boxes);
        require(boxes.contains("moof"), "a segment without a moof: " + boxes);
        for (int i = 0; i < boxes.size(); i++) {
            boolean media = i > 0 && boxes.get(i - 1).equals("moof");
            require(media == boxes.get(i).equals("mdat"), "an mdat follows each moof, and only that: " + boxes);
        }
    }

    /// An init segment: `ftyp` and `moov`.
    static void requireInitSegment(byte[] bytes) {
        List<String> boxes = boxes(bytes);
        require(boxes.equals(List.of("ftyp", "moov")), "an init segment is ftyp and moov, not " + boxes);
    }

    /// The types of the outermost boxes, which have to fill the bytes.
    private static List<String> boxes(byte[] bytes) {
        List<String> types = new ArrayList<>();
        ByteBuffer all = ByteBuffer.wrap(bytes);
        int at = 0;
        while (at < bytes.length) {
            require(bytes.length - at >= BOX_HEADER_BYTES, "half a box header at " + at);
            long size = Integer.toUnsignedLong(all.getInt(at));
            types.add(new String(bytes, at + Integer.BYTES, Integer.BYTES, StandardCharsets.ISO_8859_1));
            require(
                    size >= BOX_HEADER_BYTES && size <= bytes.length - at,
                    "a box of " + size + " bytes at " + at + " of " + bytes.length + ": " + types);
            at += (int) size;
        }
        return types;
    }
}
