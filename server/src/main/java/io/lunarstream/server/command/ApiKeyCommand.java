package io.lunarstream.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.lunarstream.server.client.ApiRequest;
import io.lunarstream.server.client.Target;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `api-key`: what partners' backends prove themselves with.
@Command(name = "api-key", description = "API keys of a project. It can have several: rotate without a gap.")
final class ApiKeyCommand {
    private static final String PROJECT = "whose keys (the server's first project, on its own machine)";

    private static final List<Column> SHEET = List.of(
            Column.of("Name", "/name"),
            Column.of("Id", "/id"),
            Column.time("Created", "/createdAt"),
            Column.of("API key", "/apiKey"));

    private static final Table TABLE = Table.of(
            Column.of("Id", "/id"),
            Column.of("Key", "/prefix"),
            Column.minute("Last used", "/lastUsedAt"),
            Column.minute("Revoked", "/revokedAt"),
            Column.of("Name", "/name"));

    private final Workplace workplace;

    ApiKeyCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Command(name = "create", description = "Make a key. It is shown once.")
    void create(
            @Mixin ResultOptions options,
            @Option(names = "--project", paramLabel = "ID", description = PROJECT) Optional<UUID> project,
            @Parameters(paramLabel = "NAME", description = "what people know it by") String name) {
        Target target = workplace.target(options);
        Printout printout = workplace.printout(options);
        printout.one(
                target.admin()
                        .data(ApiRequest.post(
                                path(target, project),
                                JsonNodeFactory.instance.objectNode().put("name", name))),
                SHEET);
        printout.note("The API key is not shown again: keep it now.");
    }

    @Command(name = "list", description = "List a project's keys, newest first, without the secrets.")
    void list(
            @Mixin ResultOptions options,
            @Mixin PageOptions pages,
            @Option(names = "--project", paramLabel = "ID", description = PROJECT) Optional<UUID> project) {
        Target target = workplace.target(options);
        Listing listing =
                Listing.read(target.admin(), ApiRequest.get(path(target, project)), pages, workplace.terminal());
        workplace.printout(options).many(listing, TABLE);
    }

    @Command(name = "revoke", description = "Revoke a key: it stops working at once.")
    void revoke(
            @Mixin ResultOptions options,
            @Option(names = "--project", paramLabel = "ID", description = PROJECT) Optional<UUID> project,
            @Parameters(paramLabel = "KEY-ID", description = "as list shows it; not the key itself") UUID id) {
        Target target = workplace.target(options);
        JsonNode key = target.admin().data(ApiRequest.delete(path(target, project) + "/" + id));
        workplace
                .printout(options)
                .done(key, "Revoked API key \"" + key.path("name").asText() + "\" (" + id + ").");
    }

    private static String path(Target target, Optional<UUID> project) {
        return "/admin/projects/" + target.projectId(project) + "/api-keys";
    }
}
