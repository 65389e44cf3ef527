package io.lunarstream.interop;

import io.lunarstream.bench.playlist.HlsForm;
import io.lunarstream.interop.InteropMatrix.Cell;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The text of `docs/interop.md`.
///
/// @param cells what came of it all
/// @param versions of each program, by its name
/// @param run date and commit
record InteropTable(List<Cell> cells, Map<String, String> versions, String run) {
    @Override
    public String toString() {
        return head()
                + "\n| program | version |\n|---|---|\n"
                + versions.entrySet().stream()
                        .map(entry -> "| " + entry.getKey() + " | " + entry.getValue() + " |\n")
                        .collect(Collectors.joining())
                + Stream.of(HlsForm.values()).map(this::table).collect(Collectors.joining());
    }

    private String head() {
        return """
                # Encoders and players

                Written by `./lunar test --all`: %s.

                Each encoder sends H.264 and AAC to the packaged program, and while it does, each player plays %d
                pictures of it, in both forms. Every cell says how many pictures were decoded until then, and how long
                the first one took from asking for the address, the start of the program included. All run on one
                machine, players and encoder at once: times are no benchmark. The playlists are judged all the while,
                rule by rule.

                Players run without a window; those in JavaScript in Chromium, on a page of another site.

                - GStreamer's older element, hlsdemux, leaves the times of fMP4 as they are: its first picture comes
                  after as long as the broadcast has lasted. Use hlsdemux2 (`playbin3`), or the MPEG-TS form.
                """.formatted(run, Player.ENOUGH_PICTURES);
    }

    private String table(HlsForm form) {
        List<MatrixPublisher> publishers =
                cells.stream().map(Cell::publisher).distinct().toList();
        StringBuilder text = new StringBuilder("\n## ").append(title(form)).append("\n\n| player |");
        publishers.forEach(publisher -> text.append(' ').append(publisher.label).append(" |"));
        text.append("\n|---|").append("---|".repeat(publishers.size())).append('\n');
        for (Player player : cells.stream().map(Cell::player).distinct().toList()) {
            text.append("| ").append(player.label()).append(" |");
            cells.stream()
                    .filter(cell -> cell.player().equals(player) && cell.form() == form)
                    .forEach(cell ->
                            text.append(' ').append(cell.played().words()).append(" |"));
            text.append('\n');
        }
        return text.toString();
    }

    private static String title(HlsForm form) {
        return switch (form) {
            case FMP4 -> "fMP4, with low-latency parts: `/hls/{streamKey}/master.m3u8`";
            case MPEG_TS -> "MPEG-TS: `/live/{streamKey}/hls.m3u8`";
        };
    }
}
