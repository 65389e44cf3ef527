package io.lunarstream.server.origin;

import io.lunarstream.server.http.ErrorCode;
import io.lunarstream.server.http.RawErrors;
import io.lunarstream.server.live.StoredMedia;
import io.lunarstream.server.live.StoredMedia.FileRegion;
import io.netty.buffer.ByteBuf;
import io.vertx.core.file.FileSystem;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import java.util.Optional;

/// Answers a request with a segment, a part or an init segment: from its file by the kernel once it has one, until then
/// from the shared memory, uncopied; over TLS and HTTP/2 from memory as long as it is there, then from the file in
/// pieces.
///
/// @param media what to send; its name never has two contents, so that its address may be cached for ever
/// @param slowDisk the kernel might make the event loop wait for the disk: what is in memory is sent from there
record MediaResponse(HttpServerRequest request, StoredMedia media, boolean slowDisk) {
    private static final int PARTIAL_CONTENT = 206;
    private static final int NOT_MODIFIED = 304;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    void send() {
        HttpServerResponse response = request.response();
        String etag = '"' + media.name() + '"';
        response.putHeader("ETag", etag);
        response.putHeader("Cache-Control", "public, max-age=31536000, immutable");
        response.putHeader("Accept-Ranges", "bytes");
        if (Preconditions.has(request, etag)) {
            response.setStatusCode(NOT_MODIFIED).end();
            return;
        }
        switch (ByteRange.of(Preconditions.range(request, etag), media.bytes())) {
            case ByteRange.Whole _ -> sendBytes(0, media.bytes());
            case ByteRange.Part part -> {
                response.setStatusCode(PARTIAL_CONTENT);
                response.putHeader("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + media.bytes());
                sendBytes((int) part.first(), (int) part.bytes());
            }
            case ByteRange.Unsatisfiable _ -> {
                response.headers().remove("ETag");
                response.putHeader("Cache-Control", "no-store");
                response.putHeader("Content-Range", "bytes */" + media.bytes());
                response.putHeader("Content-Length", "0");
                response.setStatusCode(RANGE_NOT_SATISFIABLE).end();
            }
        }
    }

    private void sendBytes(int offset, int length) {
        HttpServerResponse response = request.response();
        response.putHeader("Content-Type", media.name().endsWith(".ts") ? "video/mp2t" : "video/mp4");
        response.putHeader("Content-Length", Integer.toString(length));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
            return;
        }
        Optional<FileRegion> file = media.file().map(whole -> new FileRegion(whole.path(), whole.offset() + offset));
        boolean byKernel = !slowDisk && !request.isSSL() && request.version() != HttpVersion.HTTP_2;
        if (file.isPresent() && byKernel) {
            sendByKernel(file.get(), offset, length);
        } else {
            sendMemoryOr(file, offset, length);
        }
    }

    /// The kernel has the bytes of a new file at hand, and sends them without a copy. A file that cannot be
    /// opened may be in memory, too.
    private void sendByKernel(FileRegion file, int offset, int length) {
        request.response()
                .sendFile(file.path().toString(), file.offset(), length)
                .onFailure(_ -> {
                    if (request.response().headWritten() || request.response().closed()) {
                        gone();
                    } else {
                        sendMemoryOr(Optional.empty(), offset, length);
                    }
                });
    }

    private void sendMemoryOr(Optional<FileRegion> file, int offset, int length) {
        Optional<ByteBuf> memory = media.borrow();
        if (memory.isPresent()) {
            sendMemory(memory.get(), offset, length);
        } else if (file.isPresent()) {
            FileSystem files =
                    ((HttpServerRequestInternal) request).context().owner().fileSystem();
            new PiecewiseBody(request.response())
                    .send(files, file.get(), length)
                    .onFailure(_ -> gone());
        } else {
            gone();
        }
    }

    /// HTTP/2 has a queue of its own before the encryption, which takes the bytes as they are.
    private void sendMemory(ByteBuf borrowed, int offset, int length) {
        ByteBuf bytes = borrowed.slice(offset, length);
        if (request.isSSL() && request.version() != HttpVersion.HTTP_2) {
            new PiecewiseBody(request.response()).send(bytes, borrowed::release);
        } else {
            request.response().end(BufferInternal.buffer(bytes)).onComplete(_ -> borrowed.release());
        }
    }

    /// The segment was deleted between the look at the list and now.
    private void gone() {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        response.headers().remove("Content-Length").remove("ETag").remove("Content-Range");
        response.putHeader("Cache-Control", "public, max-age=1");
        RawErrors.sendCannot(request, ErrorCode.NOT_FOUND);
    }
}
