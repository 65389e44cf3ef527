package io.lunarstream.server.origin;

import io.lunarstream.server.http.ErrorCode;
import io.lunarstream.server.http.RawErrors;
import io.lunarstream.server.live.StoredMedia;
import io.netty.buffer.ByteBuf;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Optional;

/// Answers a request with a segment, a part or an init segment: from the shared memory if it is there, uncopied, else
/// from its file by the kernel.
///
/// @param media what to send; its name never has two contents, so that its address may be cached for ever
record MediaResponse(HttpServerRequest request, StoredMedia media) {
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
        Optional<ByteBuf> memory = media.borrow();
        Optional<StoredMedia.FileRegion> file = media.file();
        if (memory.isPresent()) {
            ByteBuf borrowed = memory.get();
            response.end(BufferInternal.buffer(borrowed.slice(offset, length))).onComplete(_ -> borrowed.release());
        } else if (file.isPresent()) {
            StoredMedia.FileRegion region = file.get();
            response.sendFile(region.path().toString(), region.offset() + offset, length)
                    .onFailure(_ -> gone());
        } else {
            gone();
        }
    }

    /// The segment was deleted between the look at the list and now.
    private void gone() {
        HttpServerResponse response = request.response();
        if (response.headWritten()) {
            response.reset();
            return;
        }
        response.headers().remove("Content-Length").remove("ETag").remove("Content-Range");
        response.putHeader("Cache-Control", "public, max-age=1");
        RawErrors.sendCannot(request, ErrorCode.NOT_FOUND);
    }
}
