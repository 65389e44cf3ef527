package io.lunarstream.server.command;

import io.lunarstream.server.client.ApiRequest;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `audit`: who did what.
@Command(name = "audit", description = "Who did what to which resource, and when.")
final class AuditCommand {
    private static final Table TABLE = Table.of(
            Column.minute("When", "/at"),
            Column.of("Action", "/action"),
            Column.first("Who", "/actor/name", "/actor/type"),
            Column.of("From", "/address"),
            Column.pair("Resource", "/resource/type", " ", "/resource/id"));

    private final Workplace workplace;

    AuditCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Command(name = "list", description = "List what was done, newest first.")
    void list(
            @Mixin ResultOptions options,
            @Mixin PageOptions pages,
            @Option(names = "--action", paramLabel = "WORD", description = "only this, such as livestream.delete")
                    Optional<String> action,
            @Option(names = "--actor", paramLabel = "ID", description = "only what this account or API key did")
                    Optional<UUID> actor,
            @Option(names = "--resource", paramLabel = "ID", description = "only what was done to this")
                    Optional<UUID> resource,
            @Option(names = "--project", paramLabel = "ID", description = "only what belongs to this project")
                    Optional<UUID> project) {
        ApiRequest request = ApiRequest.get("/admin/audit")
                .with("action", action)
                .with("actorId", actor)
                .with("resourceId", resource)
                .with("projectId", project);
        Listing listing = Listing.read(workplace.admin(options), request, pages, workplace.terminal());
        workplace.printout(options).many(listing, TABLE);
    }
}
