package io.lunarstream.server.live;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a viewer gets of stored media, from memory or from the disk.
final class StoredBytes {
    private StoredBytes() {}

    static byte[] of(StoredMedia media) {
        Optional<ByteBuf> memory = media.borrow();
        if (memory.isPresent()) {
            byte[] bytes = ByteBufUtil.getBytes(memory.get());
            memory.get().release();
            return bytes;
        }
        return onDisk(media);
    }

    /// What lies in its file.
    static byte[] onDisk(StoredMedia media) {
        StoredMedia.FileRegion region = media.file().orElseThrow();
        try (RandomAccessFile file = new RandomAccessFile(region.path().toFile(), "r")) {
            byte[] bytes = new byte[media.bytes()];
            file.seek(region.offset());
            file.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, byte[]> of(Map<String, StoredMedia> media) {
        Map<String, byte[]> bytes = new HashMap<>();
        media.forEach((name, one) -> bytes.put(name, of(one)));
        return bytes;
    }

    /// Every file below a folder, by its path from there.
    static List<String> filesIn(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
