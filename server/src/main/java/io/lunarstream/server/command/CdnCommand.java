package io.lunarstream.server.command;

import io.lunarstream.server.client.ApiRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `cdn`: the caches in front of the origin.
@Command(name = "cdn", description = "Caches in front of the origin, as the configuration names them.")
final class CdnCommand {
    private static final Table TABLE = Table.of(
            Column.of("Name", "/name"),
            Column.of("Status", "/status"),
            Column.minute("Worked", "/lastSuccessAt"),
            Column.of("ms", "/latencyMs"),
            Column.of("Last error", "/lastError/message"));

    private final Workplace workplace;

    CdnCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Command(name = "list", description = "List the CDNs and whether they work, as the server sees them.")
    void list(@Mixin ResultOptions options) {
        Listing listing = Listing.whole(workplace.admin(options), ApiRequest.get("/admin/cdn"));
        workplace.printout(options).many(listing, TABLE);
    }
}
