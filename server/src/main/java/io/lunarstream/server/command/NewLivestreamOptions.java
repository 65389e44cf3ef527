package io.lunarstream.server.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Option;

/// What a livestream is created with beside its name.
final class NewLivestreamOptions {
    @Option(
            names = "--project",
            paramLabel = "ID",
            description = "whose it is (the server's first project, on its own machine)")
    private Optional<UUID> project = Optional.empty();

    @Option(names = "--media-server", paramLabel = "ID", description = "where it lives (the least loaded one)")
    private Optional<UUID> mediaServer = Optional.empty();

    @Option(names = "--expires-in", paramLabel = "SECONDS", description = "how long its push token is good (3600)")
    private Optional<Long> expiresIn = Optional.empty();

    @Option(names = "--external-id", paramLabel = "TEXT", description = "your own name for it, unique in the project")
    private Optional<String> externalId = Optional.empty();

    @Option(names = "--metadata", paramLabel = "KEY=VALUE", description = "kept with it; may be repeated")
    private Map<String, String> metadata = new LinkedHashMap<>();

    @Option(
            names = "--idempotency-key",
            paramLabel = "TEXT",
            description = "the same key within 24 hours makes no second livestream")
    private Optional<String> idempotencyKey = Optional.empty();

    Optional<UUID> project() {
        return project;
    }

    Optional<UUID> mediaServer() {
        return mediaServer;
    }

    Optional<String> idempotencyKey() {
        return idempotencyKey;
    }

    ObjectNode body(String name, String projectId, String mediaServerId) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("projectId", projectId)
                .put("mediaServerId", mediaServerId);
        expiresIn.ifPresent(seconds -> body.put("expiresIn", seconds));
        externalId.ifPresent(text -> body.put("externalId", text));
        if (!metadata.isEmpty()) {
            metadata.forEach(body.putObject("metadata")::put);
        }
        return body;
    }
}
