package io.lunarstream.server.player;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The static files of the player, under a path that carries their version: `/player/{version}/{name}`.
///
/// The version is a hash of all files, so an address never has two contents and may be cached for ever.
public final class PlayerAssets {
    /// Where the files lie; everything below belongs to this class.
    public static final String PREFIX = "/player/";

    /// Hex digits of the version: 48 bits, far more than there will ever be versions.
    private static final int VERSION_DIGITS = 12;

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "player.js", "text/javascript; charset=utf-8",
            "preview.js", "text/javascript; charset=utf-8",
            "playback.js", "text/javascript; charset=utf-8",
            "playlist.js", "text/javascript; charset=utf-8",
            "states.js", "text/javascript; charset=utf-8",
            "view.js", "text/javascript; charset=utf-8",
            "hls.min.mjs", "text/javascript; charset=utf-8",
            "hls.worker.js", "text/javascript; charset=utf-8",
            "player.css", "text/css; charset=utf-8",
            "favicon.svg", "image/svg+xml");

    private final String path;
    private final String etag;
    private final Map<String, ByteBuffer> files;

    /// Reads all files into memory: less than 1 MB.
    public PlayerAssets() {
        Map<String, ByteBuffer> read = new LinkedHashMap<>();
        MessageDigest digest = sha256();
        CONTENT_TYPES.keySet().stream().sorted().forEach(name -> {
            byte[] bytes = PlayerResources.read("assets/" + name);
            digest.update(bytes);
            read.put(name, ByteBuffer.wrap(bytes).asReadOnlyBuffer());
        });
        String version = HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
        this.files = Map.copyOf(read);
        this.path = PREFIX + version;
        this.etag = '"' + version + '"';
    }

    /// The folder of this version, without a slash at its end: what pages put before a file's name.
    public String path() {
        return path;
    }

    /// The file at a request's path, if there is one.
    ///
    /// @param requestPath the whole path, without the query
    /// @param ifNoneMatch the request's header of that name, if it has one
    public Optional<PlayerResponse> find(String requestPath, Optional<String> ifNoneMatch) {
        if (!requestPath.startsWith(path + "/")) {
            return Optional.empty();
        }
        String name = requestPath.substring(path.length() + 1);
        return Optional.ofNullable(files.get(name)).map(file -> respond(name, file, ifNoneMatch));
    }

    private PlayerResponse respond(String name, ByteBuffer file, Optional<String> ifNoneMatch) {
        Map<String, String> headers = Map.of(
                "content-type",
                CONTENT_TYPES.getOrDefault(name, "application/octet-stream"),
                "cache-control",
                "public, max-age=31536000, immutable",
                "etag",
                etag,
                "x-content-type-options",
                "nosniff");
        boolean known = ifNoneMatch.filter(header -> header.contains(etag)).isPresent();
        return known
                ? new PlayerResponse(304, headers, ByteBuffer.allocate(0))
                : new PlayerResponse(200, headers, file.duplicate());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
