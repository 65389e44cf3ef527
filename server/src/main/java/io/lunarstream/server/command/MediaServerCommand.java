package io.lunarstream.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.lunarstream.server.client.ApiRequest;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `media-server`: the servers that livestreams live on.
@Command(name = "media-server", description = "Media servers: the one in the program, and others that ask it.")
final class MediaServerCommand {
    private static final String PATH = "/admin/media-servers";

    private static final List<Column> SHEET = List.of(
            Column.of("Name", "/name"),
            Column.of("Id", "/id"),
            Column.of("Region", "/region"),
            Column.of("Kind", "/kind"),
            Column.of("Status", "/status"),
            Column.of("RTMP server", "/rtmpServer"),
            Column.of("HLS", "/hlsBaseUrl"),
            Column.of("Most streams", "/capacity/maxStreams"),
            Column.of("Secret", "/secret"));

    private static final Table TABLE = Table.of(
            Column.of("Id", "/id"),
            Column.of("Status", "/status"),
            Column.pair("Streams", "/capacity/activeStreams", "/", "/capacity/maxStreams"),
            Column.of("Viewers", "/load/viewers"),
            Column.of("CPU", "/load/cpuLoad"),
            Column.time("Heard of", "/load/reportedAt"),
            Column.of("Kind", "/kind"),
            Column.pair("Name", "/name", " in ", "/region"));

    private static final String ID = "as list shows it";

    private final Workplace workplace;

    MediaServerCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Command(name = "add", description = "Register a media server. Its secret is shown once.")
    void add(
            @Mixin ResultOptions options,
            @Option(names = "--region", required = true, paramLabel = "NAME", description = "where it stands")
                    String region,
            @Option(
                            names = "--kind",
                            required = true,
                            paramLabel = "KIND",
                            description = "lunar, srs, zlmediakit or nginx-rtmp")
                    String kind,
            @Option(
                            names = "--rtmp-server",
                            required = true,
                            paramLabel = "URL",
                            description = "where encoders send to: rtmp://HOST/live")
                    String rtmpServer,
            @Option(
                            names = "--hls-base-url",
                            required = true,
                            paramLabel = "URL",
                            description = "what its HLS addresses start with: https://HOST/hls")
                    String hlsBaseUrl,
            @Option(
                            names = "--max-streams",
                            required = true,
                            paramLabel = "N",
                            description = "how many livestreams it takes at once")
                    int maxStreams,
            @Parameters(paramLabel = "NAME", description = "what people know it by") String name) {
        JsonNode body = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("region", region)
                .put("kind", kind)
                .put("rtmpServer", rtmpServer)
                .put("hlsBaseUrl", hlsBaseUrl)
                .put("maxStreams", maxStreams);
        Printout printout = workplace.printout(options);
        printout.one(workplace.admin(options).data(ApiRequest.post(PATH, body)), SHEET);
        printout.note("The secret is not shown again: "
                + (kind.equals("lunar")
                        ? "start the node with it now, as media-server.secret, and --role media."
                        : "put it into the media server's publish hook now."));
    }

    @Command(name = "list", description = "List the media servers.")
    void list(@Mixin ResultOptions options) {
        workplace.printout(options).many(Listing.whole(workplace.admin(options), ApiRequest.get(PATH)), TABLE);
    }

    @Command(name = "drain", description = "Take no new livestreams; what is live goes on.")
    void drain(@Mixin ResultOptions options, @Parameters(paramLabel = "ID", description = ID) UUID id) {
        JsonNode server = workplace.admin(options).data(ApiRequest.post(PATH + "/" + id + "/drain"));
        done(options, server, "takes no new livestreams", id);
    }

    @Command(name = "resume", description = "Take new livestreams again.")
    void resume(@Mixin ResultOptions options, @Parameters(paramLabel = "ID", description = ID) UUID id) {
        JsonNode server = workplace.admin(options).data(ApiRequest.post(PATH + "/" + id + "/resume"));
        done(options, server, "takes new livestreams again", id);
    }

    @Command(name = "remove", description = "Forget a media server that no livestream lives on.")
    void remove(@Mixin ResultOptions options, @Parameters(paramLabel = "ID", description = ID) UUID id) {
        JsonNode server = workplace.admin(options).data(ApiRequest.delete(PATH + "/" + id));
        done(options, server, "is removed", id);
    }

    private void done(ResultOptions options, JsonNode server, String what, UUID id) {
        workplace
                .printout(options)
                .done(server, "Media server \"" + server.path("name").asText() + "\" (" + id + ") " + what + ".");
    }
}
