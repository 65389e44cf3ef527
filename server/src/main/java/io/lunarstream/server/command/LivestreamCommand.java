package io.lunarstream.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lunarstream.server.client.Api;
import io.lunarstream.server.client.ApiRequest;
import io.lunarstream.server.client.ClientException;
import io.lunarstream.server.client.ClientException.Reason;
import io.lunarstream.server.client.PartnerApi;
import io.lunarstream.server.client.Target;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `livestream`: what is broadcast and watched.
@Command(name = "livestream", description = "Livestreams of the API key's project.")
final class LivestreamCommand {
    private static final String PATH = "/livestream";
    private static final String ID = "as list shows it";

    private final Workplace workplace;

    LivestreamCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Command(name = "create", description = "Create a livestream, with a push token to broadcast to it.")
    void create(
            @Mixin PartnerOptions options,
            @Mixin NewLivestreamOptions given,
            @Parameters(paramLabel = "NAME", description = "what people know it by") String name) {
        Target target = workplace.target(options);
        PartnerApi api = target.partner(options.apiKeyFile());
        String projectId = target.projectId(given.project());
        String mediaServerId = given.mediaServer().map(UUID::toString).orElseGet(() -> leastLoaded(api));
        ApiRequest request = ApiRequest.post(PATH, given.body(name, projectId, mediaServerId));
        JsonNode livestream = api.data(given.idempotencyKey()
                .map(key -> request.withHeader("Idempotency-Key", key))
                .orElse(request));
        Printout printout = workplace.printout(options);
        printout.one(livestream, LivestreamColumns.CREATED);
        printout.note("""

                The stream key with its token is a secret, and is not shown again.
                Broadcast a test picture, and open the preview:

                  %s
                """.formatted(TestPicture.command(address(livestream))));
    }

    private static String leastLoaded(PartnerApi api) {
        return Optional.ofNullable(
                        api.data(ApiRequest.get("/media-servers/available")).get(0))
                .map(server -> server.path("id").asText())
                .orElseThrow(() -> new ClientException(
                        Reason.REFUSED,
                        "no media server is online and has room\n./lunar media-server list shows why."));
    }

    private static String address(JsonNode withToken) {
        return withToken.path("rtmpServer").asText() + "/"
                + withToken.path("streamKeyWithToken").asText();
    }

    @Command(name = "list", description = "List the livestreams, newest first.")
    void list(
            @Mixin PartnerOptions options,
            @Mixin PageOptions pages,
            @Option(
                            names = "--status",
                            paramLabel = "WORD",
                            description = "READY_FOR_USE, STARTED, ENDED or TOKEN_EXPIRED only")
                    Optional<String> status,
            @Option(
                            names = "--search",
                            paramLabel = "TEXT",
                            description = "those with this in their name or external id")
                    Optional<String> search) {
        ApiRequest request = ApiRequest.get(PATH).with("status", status).with("search", search);
        Listing listing = Listing.read(workplace.partner(options), request, pages, workplace.terminal());
        workplace.printout(options).many(listing, LivestreamColumns.TABLE);
    }

    @Command(name = "show", description = "Show a livestream: its status, addresses and encoder.")
    void show(@Mixin PartnerOptions options, @Parameters(paramLabel = "ID", description = ID) UUID id) {
        JsonNode livestream = workplace.partner(options).data(ApiRequest.get(path(id)));
        workplace.printout(options).one(livestream, LivestreamColumns.SHEET);
    }

    @Command(name = "end", description = "End the broadcast now: the encoder is cut, older push tokens are revoked.")
    void end(@Mixin PartnerOptions options, @Parameters(paramLabel = "ID", description = ID) UUID id) {
        done(options, ApiRequest.post(path(id) + "/end"), "Ended");
    }

    @Command(name = "delete", description = "Delete a livestream: the encoder is cut, playback ends.")
    void delete(@Mixin PartnerOptions options, @Parameters(paramLabel = "ID", description = ID) UUID id) {
        done(options, ApiRequest.delete(path(id)), "Deleted");
    }

    @Command(name = "token", description = "Make a new push token. A running broadcast goes on.")
    void token(
            @Mixin PartnerOptions options,
            @Option(names = "--expires-in", paramLabel = "SECONDS", description = "how long it is good (3600)")
                    Optional<Long> expiresIn,
            @Option(
                            names = "--revoke-previous",
                            description = "revoke all older tokens, and cut an encoder that uses one")
                    boolean revokePrevious,
            @Parameters(paramLabel = "ID", description = ID) UUID id) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("livestreamId", id.toString())
                .put("revokePrevious", revokePrevious);
        expiresIn.ifPresent(seconds -> body.put("expiresIn", seconds));
        Api api = workplace.partner(options);
        Printout printout = workplace.printout(options);
        printout.one(api.data(ApiRequest.post(PATH + "/generate-push-token", body)), LivestreamColumns.TOKEN);
        printout.note("The stream key with its token is a secret and is not shown again.");
    }

    private void done(PartnerOptions options, ApiRequest request, String what) {
        JsonNode livestream = workplace.partner(options).data(request);
        String sentence = what + " \"" + livestream.path("name").asText() + "\" ("
                + livestream.path("id").asText() + ").";
        workplace.printout(options).done(livestream, sentence);
    }

    private static String path(UUID id) {
        return PATH + "/" + id;
    }
}
