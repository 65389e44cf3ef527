package io.lunarstream.dump;

import io.lunarstream.media.bytes.ByteString;
import java.util.zip.CRC32;

/// The checksum that stands in dumps for bytes.
final class Crc32 {
    private Crc32() {}

    static String of(ByteString bytes) {
        CRC32 crc = new CRC32();
        for (int i = 0; i < bytes.size(); i++) {
            crc.update(bytes.at(i));
        }
        return "%08x".formatted(crc.getValue());
    }
}
