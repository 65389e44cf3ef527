package io.lunarstream.server.live;

import io.lunarstream.hls.GenerationState;
import io.lunarstream.server.live.GenerationRecord.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A generation of an earlier run of the server, as it lies on the disk: only what is whole.
///
/// @param folder where it lies
/// @param record what the journal says of it
/// @param places where its media are
/// @param unfinished for each rendition the parts of the segment that was being made, oldest first: as many as all
///     renditions have; empty if one of them has none
record RecoveredGeneration(
        Path folder, GenerationRecord record, List<Place> places, List<List<WrittenPart>> unfinished) {

    RecoveredGeneration {
        places = List.copyOf(places);
        unfinished = List.copyOf(unfinished);
    }

    /// Reads a folder; empty if no journal is in it, or one that is damaged.
    ///
    /// @throws IOException if it cannot be read
    static Optional<RecoveredGeneration> read(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(Journal.NAME))) {
            return Optional.empty();
        }
        Journal.Contents journal = Journal.read(folder).orElseThrow(() -> new IOException("damaged"));
        FileSizes sizes = new FileSizes(folder, new HashMap<>());
        List<Place> places = new ArrayList<>();
        for (Place place : journal.places()) {
            if (sizes.have(place)) {
                places.add(place);
            }
        }
        List<List<WrittenPart>> unfinished = unfinished(journal, sizes);
        for (List<WrittenPart> parts : unfinished) {
            for (WrittenPart part : parts) {
                String init = part.part().initName();
                places.add(new Place(init, Math.toIntExact(sizes.of(init)), init, /* offset= */ 0));
            }
        }
        return Optional.of(new RecoveredGeneration(folder, journal.record(), places, unfinished));
    }

    /// The parts that all renditions have.
    private static List<List<WrittenPart>> unfinished(Journal.Contents journal, FileSizes sizes) throws IOException {
        List<List<WrittenPart>> all = new ArrayList<>();
        int count = Integer.MAX_VALUE;
        for (GenerationState state : journal.record().states()) {
            List<WrittenPart> parts = journal.unfinished().stream()
                    .filter(written -> written.part().rendition().equals(state.rendition()))
                    .toList();
            List<WrittenPart> whole = whole(parts, sizes);
            all.add(whole);
            count = Math.min(count, whole.size());
        }
        int common = count;
        return common == 0
                ? List.of()
                : all.stream().map(parts -> parts.subList(0, common)).toList();
    }

    /// The parts of one segment whose bytes are there, up to the first that has none.
    private static List<WrittenPart> whole(List<WrittenPart> parts, FileSizes sizes) throws IOException {
        List<WrittenPart> whole = new ArrayList<>();
        for (WrittenPart written : parts) {
            UnfinishedPart part = written.part();
            boolean there =
                    part.segmentName().equals(parts.getFirst().part().segmentName()) && sizes.of(part.initName()) > 0;
            for (Place place : written.places().values()) {
                there &= sizes.have(place);
            }
            if (!there) {
                break;
            }
            whole.add(written);
        }
        return whole;
    }

    /// The folder of its stream key is named by it.
    String streamKey() {
        return folder.getName(folder.getNameCount() - 2).toString();
    }

    String id() {
        return record.states().getFirst().id();
    }

    /// Names of the files that are needed.
    Set<String> files() {
        Set<String> names = new HashSet<>(Set.of(Journal.NAME));
        places.forEach(place -> names.add(place.file()));
        unfinished.stream().flatMap(List::stream).forEach(written -> {
            names.add(written.part().initName());
            written.places().values().forEach(place -> names.add(place.file()));
        });
        return names;
    }

    /// How long the files of a folder are.
    private record FileSizes(Path folder, Map<String, Long> known) {

        /// Whether something lies where it was written.
        boolean have(Place place) throws IOException {
            return OwnFiles.isOwn(place.file()) && of(place.file()) >= place.offset() + place.bytes();
        }

        long of(String file) throws IOException {
            Long size = known.get(file);
            if (size == null) {
                size = read(folder.resolve(file));
                known.put(file, size);
            }
            return size;
        }

        private static long read(Path file) throws IOException {
            try {
                return Files.size(file);
            } catch (NoSuchFileException _) {
                return 0;
            }
        }
    }
}
