package io.lunarstream.interop;

import io.lunarstream.bench.playlist.HlsForm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Encoders against players, in both forms, on one server. What breaks a rule of HLS on the way is found by the
/// follower of playlists: see [PlaylistWatch].
final class InteropMatrix {
    private static final Duration TIME_TO_START = Duration.ofSeconds(60);

    private final LunarServer server;
    private final List<Cell> cells = new ArrayList<>();

    /// What came of an encoder and a player.
    record Cell(MatrixPublisher publisher, Player player, HlsForm form, Played played) {
        private String reason() {
            return publisher + ", " + player.label() + ", " + form + ": " + played;
        }
    }

    InteropMatrix(LunarServer server) {
        this.server = server;
    }

    /// Lets all players watch one encoder, one after the other.
    ///
    /// @param folder an empty one, for what the encoder unpacks or writes
    void run(MatrixPublisher publisher, Path folder, List<Player> players) throws Exception {
        Livestream livestream = server.api().create(publisher.label);
        try (AutoCloseable _ = publisher.push(livestream.pushAddress(), folder)) {
            for (HlsForm form : HlsForm.values()) {
                server.hls().awaitMediaPlaylist(form, livestream.streamKey(), TIME_TO_START);
            }
            for (Player player : players) {
                for (HlsForm form : HlsForm.values()) {
                    Played played = player.play(server.hls().multivariantAddress(form, livestream.streamKey()), form);
                    cells.add(new Cell(publisher, player, form, played));
                }
            }
        }
        server.api().end(livestream.id());
    }

    List<Cell> cells() {
        return cells;
    }

    /// A line for each that does not play, and should.
    String failures() {
        return cells.stream()
                .filter(cell -> cell.played() instanceof Played.Fails)
                .map(Cell::reason)
                .collect(Collectors.joining("\n\n"));
    }
}
