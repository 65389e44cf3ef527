package io.lunarstream.server.live;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// One version of one playlist as it is sent: rendered and compressed at most once, however many viewers ask, and not
/// at all if none does.
public final class PlaylistBody {

    /// The playlist's bytes in one encoding. Shared by all viewers and never released: the garbage collector takes
    /// them.
    ///
    /// @param bytes a view whose indexes must be left alone
    /// @param etag entity tag, with its quotes
    public record Encoded(ByteBuf bytes, String etag) {}

    private final Supplier<String> text;
    private @Nullable Encoded plain;
    private @Nullable Encoded gzip;

    /// @param text renders the playlist; called at most once
    PlaylistBody(Supplier<String> text) {
        this.text = text;
    }

    /// As it is.
    public synchronized Encoded plain() {
        if (plain == null) {
            byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
            plain = new Encoded(shared(bytes), "\"" + checksum(bytes) + "\"");
        }
        return plain;
    }

    /// With `Content-Encoding: gzip`.
    public synchronized Encoded gzip() {
        if (gzip == null) {
            Encoded source = plain();
            byte[] bytes = new byte[source.bytes().readableBytes()];
            source.bytes().getBytes(0, bytes);
            String etag = source.etag().substring(0, source.etag().length() - 1) + "-gzip\"";
            gzip = new Encoded(shared(compress(bytes)), etag);
        }
        return gzip;
    }

    private static ByteBuf shared(byte[] bytes) {
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(direct.asReadOnlyBuffer()));
    }

    private static String checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return Long.toHexString(crc.getValue()) + "-" + Integer.toHexString(bytes.length);
    }

    private static byte[] compress(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written to", e);
        }
        return out.toByteArray();
    }
}
