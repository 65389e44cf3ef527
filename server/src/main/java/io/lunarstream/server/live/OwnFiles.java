package io.lunarstream.server.live;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Which files in the media folder this server has made, by their names. No other is ever deleted.
final class OwnFiles {
    private static final Pattern STREAM_KEY = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern GENERATION = Pattern.compile("[0-9a-z]+");
    private static final Pattern FILE = Pattern.compile("(" + SegmentFiles.PREFIX + ")?"
            + "((video|audio)\\d+-)?\\d+-[0-9a-z]+\\.(m4s|ts)"
            + "|[0-9a-f]{16}\\.mp4|" + Journal.NAME + "|" + Pattern.quote(Journal.DRAFT));

    private OwnFiles() {}

    /// The folders of all generations of all stream keys.
    static List<Path> generations(Path media) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path streamKey : entries(media, STREAM_KEY)) {
            found.addAll(entries(streamKey, GENERATION));
        }
        return found;
    }

    /// Whether a file of this name is one of ours.
    static boolean isOwn(String file) {
        return FILE.matcher(file).matches();
    }

    /// Deletes the files of a generation, and its folder and that of its stream key if nothing else is in them.
    static void deleteFrom(Path generation) throws IOException {
        deleteFrom(generation, Set.of());
    }

    /// @param kept names of files that stay
    static void deleteFrom(Path generation, Set<String> kept) throws IOException {
        for (Path file : entries(generation, FILE)) {
            if (!kept.contains(String.valueOf(file.getFileName())) && Files.isRegularFile(file)) {
                Files.deleteIfExists(file);
            }
        }
        if (deleteIfEmpty(generation)) {
            Path streamKey = generation.getParent();
            if (streamKey != null) {
                deleteIfEmpty(streamKey);
            }
        }
    }

    private static boolean deleteIfEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
            return true;
        } catch (DirectoryNotEmptyException _) {
            return false;
        }
    }

    /// What is in a folder under a name of ours; nothing if it is none.
    private static List<Path> entries(Path folder, Pattern name) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                boolean own = name.matcher(String.valueOf(entry.getFileName())).matches();
                if (own && !Files.isSymbolicLink(entry)) {
                    found.add(entry);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException _) {
            return found;
        }
        return found;
    }
}
