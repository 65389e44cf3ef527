package io.lunarstream.server.player;

import io.lunarstream.server.http.StaticFiles;

/// The static files of the player.
public final class PlayerAssets {
    /// Where the files lie; everything below belongs to them.
    public static final String PREFIX = "/player/";

    private PlayerAssets() {}

    /// Reads all files into memory: less than 1 MB.
    public static StaticFiles open() {
        return new StaticFiles(
                PREFIX,
                PlayerAssets.class,
                "player.js",
                "preview.js",
                "playback.js",
                "playlist.js",
                "states.js",
                "view.js",
                "hls.min.mjs",
                "hls.worker.js",
                "player.css",
                "favicon.svg");
    }
}
