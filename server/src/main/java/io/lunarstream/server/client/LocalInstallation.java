package io.lunarstream.server.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lunarstream.server.client.ClientException.Reason;
import java.nio.file.Path;
import java.util.Optional;

/// What the credentials file of a server on this machine says. Source: operations, "One machine".
///
/// Its secrets are only ever sent to its own address.
///
/// @param apiKey and all after it: empty if the operator has removed it from the file
record LocalInstallation(
        ApiUrl url,
        Optional<String> apiKey,
        Optional<String> projectId,
        Optional<String> adminEmail,
        Optional<String> adminPassword) {
    private static final String FILE = "credentials.json";

    /// What the file in a data directory says; empty if there is none.
    static Optional<LocalInstallation> in(Path dataDirectory) {
        Path file = dataDirectory.resolve(FILE);
        return SecretFiles.read(file).map(text -> parse(text, file));
    }

    private static LocalInstallation parse(String text, Path file) {
        try {
            JsonNode content = new JsonMapper().readTree(text);
            return new LocalInstallation(
                    ApiUrl.parse(content.path("apiUrl").asText(), "apiUrl of " + file),
                    field(content, "apiKey"),
                    field(content, "projectId"),
                    field(content, "adminEmail"),
                    field(content, "adminPassword"));
        } catch (JacksonException e) {
            throw new ClientException(
                    Reason.REFUSED, file + " is damaged; restart the server, which writes its addresses anew");
        }
    }

    private static Optional<String> field(JsonNode content, String name) {
        return Optional.of(content.path(name).asText()).filter(text -> !text.isEmpty());
    }
}
