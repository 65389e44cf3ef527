package io.lunarstream.server.live;

import io.lunarstream.hls.Announcement;
import io.lunarstream.hls.Bandwidth;
import io.lunarstream.hls.GenerationState;
import io.lunarstream.hls.ListedPart;
import io.lunarstream.hls.ListedSegment;
import io.lunarstream.hls.MultivariantPlaylist.Resolution;
import io.lunarstream.hls.SegmentForm;
import io.lunarstream.server.live.GenerationRecord.Leaving;
import io.lunarstream.server.live.GenerationRecord.Place;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/// The journal's records as bytes: each field in the order of the record, lists behind their length, what may be absent
/// behind a byte that says whether it is there.
///
/// What is read has had its checksum compared: it is what was written, by this version or another.
final class JournalFormat {

    /// Goes up with every change of the format; a journal of another version is not read.
    private static final int VERSION = 4;

    private JournalFormat() {}

    private interface Writer<T> {
        void write(DataOutputStream out, T value) throws IOException;
    }

    private interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    static void write(DataOutputStream out, GenerationRecord record, List<Place> places) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(record.livestreamId().getMostSignificantBits());
        out.writeLong(record.livestreamId().getLeastSignificantBits());
        writeList(out, record.states(), JournalFormat::writeState);
        out.writeBoolean(record.endedAtMs().isPresent());
        out.writeLong(record.endedAtMs().orElse(0));
        writeList(out, record.leavingSegments(), JournalFormat::writeLeaving);
        writeList(out, record.leavingParts(), JournalFormat::writeLeaving);
        writeList(out, places, JournalFormat::writePlace);
    }

    static GenerationRecord readRecord(DataInputStream in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("version " + version + " instead of " + VERSION);
        }
        UUID livestreamId = new UUID(in.readLong(), in.readLong());
        List<GenerationState> states = readList(in, JournalFormat::readState);
        boolean ended = in.readBoolean();
        long endedAtMs = in.readLong();
        return new GenerationRecord(
                livestreamId,
                states,
                ended ? OptionalLong.of(endedAtMs) : OptionalLong.empty(),
                readList(in, JournalFormat::readLeaving),
                readList(in, JournalFormat::readLeaving));
    }

    /// Those behind the record.
    static List<Place> readPlaces(DataInputStream in) throws IOException {
        return readList(in, JournalFormat::readPlace);
    }

    static void write(DataOutputStream out, WrittenPart written) throws IOException {
        UnfinishedPart part = written.part();
        out.writeUTF(part.rendition());
        out.writeUTF(part.segmentName());
        out.writeUTF(part.initName());
        out.writeBoolean(part.discontinuity());
        out.writeLong(part.programDateTimeMs());
        writeListedPart(out, part.listed());
        for (SegmentForm form : SegmentForm.values()) {
            Place place = written.places().get(form);
            out.writeBoolean(place != null);
            if (place != null) {
                writePlace(out, place);
            }
        }
    }

    static WrittenPart readPart(DataInputStream in) throws IOException {
        UnfinishedPart part = new UnfinishedPart(
                in.readUTF(), in.readUTF(), in.readUTF(), in.readBoolean(), in.readLong(), readListedPart(in));
        Map<SegmentForm, Place> places = new EnumMap<>(SegmentForm.class);
        for (SegmentForm form : SegmentForm.values()) {
            if (in.readBoolean()) {
                places.put(form, readPlace(in));
            }
        }
        return new WrittenPart(part, places);
    }

    private static void writeState(DataOutputStream out, GenerationState state) throws IOException {
        out.writeUTF(state.id());
        out.writeUTF(state.rendition());
        writeList(out, state.others(), DataOutputStream::writeUTF);
        writeAnnouncement(out, state.announcement());
        out.writeBoolean(state.frameRate().isPresent());
        out.writeDouble(state.frameRate().orElse(0));
        for (SegmentForm form : SegmentForm.values()) {
            writeBandwidth(out, state.bandwidths().getOrDefault(form, Bandwidth.NONE));
        }
        out.writeInt(state.targetDurationSeconds());
        out.writeInt(state.partTargetMs());
        out.writeLong(state.discontinuitySequence());
        out.writeLong(state.nextMediaSequence());
        writeList(out, state.segments(), JournalFormat::writeSegment);
        out.writeBoolean(state.ended());
    }

    private static GenerationState readState(DataInputStream in) throws IOException {
        String id = in.readUTF();
        String rendition = in.readUTF();
        List<String> others = readList(in, from -> from.readUTF());
        Announcement announcement = readAnnouncement(in);
        boolean measured = in.readBoolean();
        double frameRate = in.readDouble();
        Map<SegmentForm, Bandwidth> bandwidths = new EnumMap<>(SegmentForm.class);
        for (SegmentForm form : SegmentForm.values()) {
            bandwidths.put(form, new Bandwidth(in.readLong(), new Bandwidth.Size(in.readLong(), in.readLong())));
        }
        return new GenerationState(
                id,
                rendition,
                others,
                announcement,
                measured ? OptionalDouble.of(frameRate) : OptionalDouble.empty(),
                bandwidths,
                in.readInt(),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                readList(in, JournalFormat::readSegment),
                in.readBoolean());
    }

    private static void writeAnnouncement(DataOutputStream out, Announcement announcement) throws IOException {
        writeList(out, announcement.codecWords(), DataOutputStream::writeUTF);
        writeList(out, announcement.codecs(), DataOutputStream::writeUTF);
        writeList(out, announcement.transportStreamCodecs(), DataOutputStream::writeUTF);
        Resolution resolution = announcement.resolution().orElse(new Resolution(0, 0));
        out.writeBoolean(announcement.resolution().isPresent());
        out.writeInt(resolution.width());
        out.writeInt(resolution.height());
        out.writeBoolean(announcement.channels().isPresent());
        out.writeInt(announcement.channels().orElse(0));
    }

    private static Announcement readAnnouncement(DataInputStream in) throws IOException {
        List<String> words = readList(in, from -> from.readUTF());
        List<String> codecs = readList(in, from -> from.readUTF());
        List<String> transportStreamCodecs = readList(in, from -> from.readUTF());
        boolean hasVideo = in.readBoolean();
        Resolution resolution = new Resolution(in.readInt(), in.readInt());
        boolean hasAudio = in.readBoolean();
        int channels = in.readInt();
        return new Announcement(
                words,
                codecs,
                transportStreamCodecs,
                hasVideo ? Optional.of(resolution) : Optional.empty(),
                hasAudio ? OptionalInt.of(channels) : OptionalInt.empty());
    }

    private static void writeBandwidth(DataOutputStream out, Bandwidth bandwidth) throws IOException {
        out.writeLong(bandwidth.peak());
        out.writeLong(bandwidth.all().bytes());
        out.writeLong(bandwidth.all().ticks());
    }

    private static void writeSegment(DataOutputStream out, ListedSegment segment) throws IOException {
        out.writeLong(segment.mediaSequence());
        out.writeUTF(segment.name());
        out.writeUTF(segment.initName());
        out.writeBoolean(segment.discontinuity());
        out.writeLong(segment.durationTicks());
        out.writeLong(segment.programDateTimeMs());
        writeList(out, segment.parts(), JournalFormat::writeListedPart);
    }

    private static ListedSegment readSegment(DataInputStream in) throws IOException {
        return new ListedSegment(
                in.readLong(),
                in.readUTF(),
                in.readUTF(),
                in.readBoolean(),
                in.readLong(),
                in.readLong(),
                readList(in, JournalFormat::readListedPart));
    }

    private static void writeListedPart(DataOutputStream out, ListedPart part) throws IOException {
        out.writeUTF(part.name());
        out.writeLong(part.durationTicks());
        out.writeBoolean(part.independent());
    }

    private static ListedPart readListedPart(DataInputStream in) throws IOException {
        return new ListedPart(in.readUTF(), in.readLong(), in.readBoolean());
    }

    private static void writeLeaving(DataOutputStream out, Leaving leaving) throws IOException {
        out.writeLong(leaving.untilMs());
        out.writeUTF(leaving.name());
    }

    private static Leaving readLeaving(DataInputStream in) throws IOException {
        return new Leaving(in.readLong(), in.readUTF());
    }

    private static void writePlace(DataOutputStream out, Place place) throws IOException {
        out.writeUTF(place.name());
        out.writeInt(place.bytes());
        out.writeUTF(place.file());
        out.writeLong(place.offset());
    }

    private static Place readPlace(DataInputStream in) throws IOException {
        return new Place(in.readUTF(), in.readInt(), in.readUTF(), in.readLong());
    }

    private static <T> void writeList(DataOutputStream out, List<T> values, Writer<T> writer) throws IOException {
        out.writeInt(values.size());
        for (T value : values) {
            writer.write(out, value);
        }
    }

    private static <T> List<T> readList(DataInputStream in, Reader<T> reader) throws IOException {
        int size = in.readInt();
        List<T> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(reader.read(in));
        }
        return List.copyOf(values);
    }
}
