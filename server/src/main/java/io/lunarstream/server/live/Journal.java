package io.lunarstream.server.live;

import io.lunarstream.server.live.GenerationRecord.Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// The file by which a later run of the server finds a generation again: records, each behind the last.
///
/// ```
/// length (4 bytes) | CRC-32 (4) | SEGMENT (1) | GenerationRecord and Places    with each segment; the newest counts
/// length (4)       | CRC-32 (4) | PART (1)    | WrittenPart                    for each part since
/// ```
///
/// What it says is true or it is not there: it is deleted when a segment cannot be added.
final class Journal {

    /// Name of the file in the generation's folder.
    static final String NAME = "journal";

    /// Name of the next file while it is being written.
    static final String DRAFT = "journal.new";

    /// Once the file is longer it is begun anew: after a minute or so. A file system takes its time for each new file,
    /// above all where many have just been deleted.
    private static final int LONG_BYTES = 256 * 1_024;

    /// A thousand times what the longest window takes.
    private static final int LONGEST_RECORD_BYTES = 16 * 1_024 * 1_024;

    private static final byte SEGMENT = 1;
    private static final byte PART = 2;

    /// What was found in the file.
    ///
    /// @param places where the generation's media lie
    /// @param unfinished parts of the segment that was being made, oldest first
    record Contents(GenerationRecord record, List<Place> places, List<WrittenPart> unfinished) {}

    private final Path folder;

    /// Absent until there is a segment, and after what could not be written.
    private @Nullable GrowingFile file;

    Journal(Path folder) {
        this.folder = folder;
    }

    /// Replaces what it says.
    ///
    /// @param media where of those that have files
    void add(GenerationRecord record, Collection<StoredMedia> media) throws IOException {
        List<Place> places = new ArrayList<>();
        for (StoredMedia one : media) {
            one.file().ifPresent(at -> places.add(Place.of(one.name(), one.bytes(), at)));
        }
        byte[] entry = framed(SEGMENT, out -> JournalFormat.write(out, record, places));
        try {
            if (file == null || file.bytes() > LONG_BYTES) {
                begin(entry);
            } else {
                file.append(entry);
            }
        } catch (IOException e) {
            delete();
            throw e;
        }
    }

    /// Adds a part of the segment that is being made.
    void add(WrittenPart part) throws IOException {
        if (file == null) {
            return;
        }
        try {
            file.append(framed(PART, out -> JournalFormat.write(out, part)));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(folder.resolve(DRAFT));
        Files.deleteIfExists(folder.resolve(NAME));
    }

    private void begin(byte[] entry) throws IOException {
        close();
        Path draft = folder.resolve(DRAFT);
        Files.deleteIfExists(draft);
        GrowingFile begun = GrowingFile.create(draft);
        file = begun;
        begun.append(entry);
        Files.move(draft, folder.resolve(NAME), StandardCopyOption.REPLACE_EXISTING);
    }

    private void close() throws IOException {
        GrowingFile closed = file;
        file = null;
        if (closed != null) {
            closed.close();
        }
    }

    /// Reads what an earlier run has written. A record that is cut off or damaged ends it; without a segment there is
    /// nothing.
    static Optional<Contents> read(Path folder) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(folder.resolve(NAME))));
        Optional<DataInputStream> segment = Optional.empty();
        List<DataInputStream> parts = new ArrayList<>();
        for (Optional<DataInputStream> entry = next(in); entry.isPresent(); entry = next(in)) {
            if (entry.get().readByte() == SEGMENT) {
                segment = entry;
                parts.clear();
            } else {
                parts.add(entry.get());
            }
        }
        if (segment.isEmpty()) {
            return Optional.empty();
        }
        GenerationRecord record = JournalFormat.readRecord(segment.get());
        List<Place> places = JournalFormat.readPlaces(segment.get());
        List<WrittenPart> unfinished = new ArrayList<>();
        for (DataInputStream part : parts) {
            unfinished.add(JournalFormat.readPart(part));
        }
        return Optional.of(new Contents(record, places, unfinished));
    }

    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] framed(byte kind, Content content) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(kind);
        content.write(new DataOutputStream(payload));
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(frame);
        out.writeInt(payload.size());
        out.writeInt(checksum(payload.toByteArray()));
        payload.writeTo(out);
        return frame.toByteArray();
    }

    private static Optional<DataInputStream> next(DataInputStream in) throws IOException {
        if (in.available() < 2 * Integer.BYTES) {
            return Optional.empty();
        }
        int length = in.readInt();
        int checksum = in.readInt();
        if (length <= 0 || length > LONGEST_RECORD_BYTES || length > in.available()) {
            return Optional.empty();
        }
        byte[] payload = in.readNBytes(length);
        return checksum(payload) == checksum
                ? Optional.of(new DataInputStream(new ByteArrayInputStream(payload)))
                : Optional.empty();
    }

    private static int checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
