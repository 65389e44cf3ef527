package io.lunarstream.server.command;

import io.lunarstream.server.client.ApiRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
    void list(@Mixin ResultOptions options, @Mixin PageOptions pages) {
        Listing listing =
                Listing.read(workplace.admin(options), ApiRequest.get("/admin/audit"), pages, workplace.terminal());
        workplace.printout(options).many(listing, TABLE);
    }
}
