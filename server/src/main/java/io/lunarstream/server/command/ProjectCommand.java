package io.lunarstream.server.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.lunarstream.server.client.ApiRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `project`: the partners' tenants.
@Command(name = "project", description = "Projects: each has its own livestreams and API keys.")
final class ProjectCommand {
    private static final String PATH = "/admin/projects";

    private static final List<Column> SHEET =
            List.of(Column.of("Name", "/name"), Column.of("Id", "/id"), Column.time("Created", "/createdAt"));

    private static final Table TABLE =
            Table.of(Column.of("Id", "/id"), Column.minute("Created", "/createdAt"), Column.of("Name", "/name"));

    private final Workplace workplace;

    ProjectCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Command(name = "create", description = "Make a project.")
    void create(
            @Mixin ResultOptions options,
            @Parameters(paramLabel = "NAME", description = "what people know it by") String name) {
        Printout printout = workplace.printout(options);
        printout.one(
                workplace
                        .admin(options)
                        .data(ApiRequest.post(
                                PATH, JsonNodeFactory.instance.objectNode().put("name", name))),
                SHEET);
        printout.note("Next: ./lunar api-key create NAME --project ID makes its first API key.");
    }

    @Command(name = "list", description = "List the projects, newest first.")
    void list(@Mixin ResultOptions options, @Mixin PageOptions pages) {
        Listing listing = Listing.read(workplace.admin(options), ApiRequest.get(PATH), pages, workplace.terminal());
        workplace.printout(options).many(listing, TABLE);
    }
}
