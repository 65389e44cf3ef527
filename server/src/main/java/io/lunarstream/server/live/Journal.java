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

/// The file by which a later run of the server finds a generation again.
///
/// ```
/// length (4 bytes) | CRC-32 (4) | GenerationRecord and Places    rewritten as a whole with each segment
/// length (4)       | CRC-32 (4) | UnfinishedPart                 appended for each part since
/// ```
///
/// What it says is true or it is not there: it is deleted when it cannot be rewritten.
final class Journal {

    /// Name of the file in the generation's folder.
    static final String NAME = "journal";

    /// Name of the next version while it is being written.
    static final String DRAFT = "journal.new";

    /// A thousand times what the longest window takes.
    private static final int LONGEST_RECORD_BYTES = 16 * 1_024 * 1_024;

    /// What was found in the file.
    ///
    /// @param places where the generation's media lie
    /// @param unfinished parts of the segment that was being made, oldest first
    record Contents(GenerationRecord record, List<Place> places, List<UnfinishedPart> unfinished) {}

    private final Path folder;
    private boolean appendable;

    /// Open while parts are added to it.
    private @Nullable GrowingFile open;

    Journal(Path folder) {
        this.folder = folder;
    }

    /// Replaces what it says.
    ///
    /// @param media where of those that have files
    void rewrite(GenerationRecord record, Collection<StoredMedia> media) throws IOException {
        List<Place> places = new ArrayList<>();
        for (StoredMedia one : media) {
            one.file().ifPresent(at -> places.add(new Place(one.name(), one.bytes(), fileName(at), at.offset())));
        }
        appendable = false;
        close();
        try {
            Path draft = folder.resolve(DRAFT);
            Files.write(draft, framed(out -> JournalFormat.write(out, record, places)));
            Files.move(draft, folder.resolve(NAME), StandardCopyOption.REPLACE_EXISTING);
            appendable = true;
        } catch (IOException e) {
            delete();
            throw e;
        }
    }

    /// Adds a part of the segment that is being made.
    void append(UnfinishedPart part) throws IOException {
        if (!appendable) {
            return;
        }
        appendable = false;
        byte[] entry = framed(out -> JournalFormat.write(out, part));
        if (open == null) {
            open = GrowingFile.extend(folder.resolve(NAME));
        }
        open.append(entry);
        appendable = true;
    }

    void delete() throws IOException {
        appendable = false;
        close();
        Files.deleteIfExists(folder.resolve(DRAFT));
        Files.deleteIfExists(folder.resolve(NAME));
    }

    private void close() throws IOException {
        GrowingFile file = open;
        open = null;
        if (file != null) {
            file.close();
        }
    }

    /// Reads what an earlier run has written. A record that is cut off or damaged ends it; without the first there is
    /// nothing.
    static Optional<Contents> read(Path folder) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(folder.resolve(NAME))));
        Optional<DataInputStream> first = next(in);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        GenerationRecord record = JournalFormat.readRecord(first.get());
        List<Place> places = JournalFormat.readPlaces(first.get());
        List<UnfinishedPart> unfinished = new ArrayList<>();
        for (Optional<DataInputStream> entry = next(in); entry.isPresent(); entry = next(in)) {
            unfinished.add(JournalFormat.readPart(entry.get()));
        }
        return Optional.of(new Contents(record, places, unfinished));
    }

    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] framed(Content content) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
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
        if (length < 0 || length > LONGEST_RECORD_BYTES || length > in.available()) {
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

    private static String fileName(StoredMedia.FileRegion region) {
        return String.valueOf(region.path().getFileName());
    }
}
