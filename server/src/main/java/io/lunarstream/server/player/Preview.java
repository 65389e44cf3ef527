package io.lunarstream.server.player;

import java.net.URI;
import java.util.List;

/// What the preview page of one livestream shows and plays.
///
/// @param name the livestream's name, as the partner wrote it
/// @param sources addresses of the multivariant playlist, the preferred one first, at least one. An address without a
///     host (`/hls/{streamKey}/master.m3u8`) is this server's: a phone cannot reach the `localhost` of a public URL
public record Preview(String name, List<URI> sources) {
    public Preview {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a preview needs a source");
        }
        sources.forEach(Preview::requireWebAddress);
    }

    private static void requireWebAddress(URI source) {
        boolean here = !source.isAbsolute() && source.getRawAuthority() == null;
        boolean elsewhere = source.getHost() != null
                && ("https".equalsIgnoreCase(source.getScheme()) || "http".equalsIgnoreCase(source.getScheme()));
        if (!here && !elsewhere) {
            throw new IllegalArgumentException("a source must be an http or https address, or a path: " + source);
        }
    }
}
