package io.lunarstream.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What people see of a livestream.
final class LivestreamColumns {
    static final Table TABLE = Table.of(
            Column.of("Id", "/id"),
            Column.of("Status", "/status"),
            Column.minute("Created", "/createdAt"),
            Column.of("Name", "/name"));

    static final List<Column> CREATED = List.of(
            Column.of("Name", "/name"),
            Column.of("Id", "/id"),
            Column.of("Status", "/status"),
            Column.of("RTMP server", "/rtmpServer"),
            Column.of("Stream key", "/streamKeyWithToken"),
            Column.time("Good until", "/pushTokenExpiresAt"),
            Column.of("Preview", "/previewPlayback"));

    static final List<Column> TOKEN = List.of(
            Column.of("RTMP server", "/rtmpServer"),
            Column.of("Stream key", "/streamKeyWithToken"),
            Column.time("Good until", "/expiresAt"));

    static final List<Column> SHEET = List.of(
            Column.of("Name", "/name"),
            Column.of("Id", "/id"),
            Column.of("External id", "/externalId"),
            Column.of("Status", "/status"),
            new Column("Encoder", (livestream, _) -> encoder(livestream.path("ingest"))),
            new Column("Warnings", (livestream, _) -> warnings(livestream.at("/ingest/warnings"))),
            Column.of("Viewers", "/viewers"),
            Column.of("RTMP server", "/rtmpServer"),
            Column.of("Stream key", "/streamKey"),
            Column.time("Token until", "/pushTokenExpiresAt"),
            Column.pair("Media server", "/mediaServer/name", " in ", "/mediaServer/region"),
            Column.of("HLS", "/hlsPaths/0"),
            Column.of("Preview", "/previewPlayback"),
            Column.time("Created", "/createdAt"),
            Column.time("Started", "/startedAt"),
            Column.time("Ended", "/endedAt"),
            Column.of("End reason", "/endReason"),
            new Column("Metadata", (livestream, _) -> metadata(livestream.path("metadata"))));

    private LivestreamColumns() {}

    private static String encoder(JsonNode ingest) {
        if (!ingest.isObject()) {
            return "-";
        }
        if (!ingest.path("connected").asBoolean()) {
            return "gone; it may come back";
        }
        List<String> parts = new ArrayList<>(List.of("connected"));
        Stream.of("videoCodec", "audioCodec")
                .map(codec -> ingest.path(codec).asText(""))
                .filter(codec -> !codec.isEmpty() && !codec.equals("null"))
                .forEach(parts::add);
        if (ingest.path("width").isNumber()) {
            parts.add(
                    ingest.path("width").asText() + "x" + ingest.path("height").asText());
        }
        if (ingest.path("frameRate").isNumber()) {
            parts.add(ingest.path("frameRate").asText() + " frames/s");
        }
        if (ingest.path("bitrateKbps").isNumber()) {
            parts.add(ingest.path("bitrateKbps").asText() + " kbit/s");
        }
        return String.join(", ", parts);
    }

    private static String warnings(JsonNode warnings) {
        String text = StreamSupport.stream(warnings.spliterator(), /* parallel= */ false)
                .map(warning -> warning.path("message").asText())
                .collect(Collectors.joining("; "));
        return text.isEmpty() ? "-" : text;
    }

    private static String metadata(JsonNode metadata) {
        String text = metadata.properties().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().asText())
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "-" : text;
    }
}
