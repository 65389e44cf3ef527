package io.lunarstream.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Text files of the program under a path that carries their version: `{prefix}{version}/{name}`.
///
/// The version is a hash of all of them, so an address never has two contents and may be cached for ever.
public final class StaticFiles {
    /// Hex digits of the version: 48 bits, far more than there will ever be versions.
    private static final int VERSION_DIGITS = 12;

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "mjs", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private final String path;
    private final String etag;
    private final Map<String, String> files = new TreeMap<>();

    /// Reads all files into memory.
    ///
    /// @param prefix what their paths begin with, with a slash at its end
    /// @param owner a class of the package they lie in, in the folder `assets`
    /// @param names of the files; others do not exist for clients
    public StaticFiles(String prefix, Class<?> owner, String... names) {
        MessageDigest digest = sha256();
        for (String name : names) {
            byte[] bytes = read(owner, "assets/" + name);
            digest.update(bytes);
            files.put(name, new String(bytes, StandardCharsets.UTF_8));
        }
        String version = HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
        this.path = prefix + version;
        this.etag = '"' + version + '"';
    }

    /// The text of a file that lies beside a class.
    public static String readText(Class<?> owner, String name) {
        return new String(read(owner, name), StandardCharsets.UTF_8);
    }

    /// The folder of this version, without a slash at its end: what pages put before a file's name.
    public String path() {
        return path;
    }

    /// The file at a request's path.
    ///
    /// @throws ApiException if there is none
    public Response answer(Request request) {
        return find(request.path(), request.headers().get("if-none-match"))
                .orElseThrow(
                        () -> new ApiException(ApiError.cannot(ErrorCode.NOT_FOUND, request.method(), request.path())));
    }

    /// The file at a path, if there is one.
    ///
    /// @param requestPath the whole path, without the query
    /// @param ifNoneMatch the request's header of that name, if it has one
    public Optional<Response> find(String requestPath, Optional<String> ifNoneMatch) {
        if (!requestPath.startsWith(path + "/")) {
            return Optional.empty();
        }
        String name = requestPath.substring(path.length() + 1);
        return Optional.ofNullable(files.get(name))
                .map(text -> Response.text(200, contentType(name), text)
                        .with("Cache-Control", "public, max-age=31536000, immutable")
                        .tagged(etag, ifNoneMatch));
    }

    private static String contentType(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return CONTENT_TYPES.getOrDefault(extension, "text/plain; charset=utf-8");
    }

    private static byte[] read(Class<?> owner, String name) {
        try (InputStream stream = owner.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the program is incomplete: " + name + " is missing");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the program cannot be read: " + name, e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
