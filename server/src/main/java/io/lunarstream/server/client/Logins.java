package io.lunarstream.server.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lunarstream.server.client.ClientException.Reason;
import io.lunarstream.server.config.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The user's logins by API address, in `logins.json` (0600) of the configuration folder:
///
/// ```
/// { "latest": "https://HOST/api/v1", "logins": { "https://HOST/api/v1": { "email": …, "accessToken": … } } }
/// ```
///
/// The file is replaced whole, so that readers need no lock. Changes exclude each other by a lock file: of two
/// commands that refresh the same login, the second finds the first one's tokens and uses up nothing.
public final class Logins {
    private static final String FILE = "logins.json";
    private static final String LOCK = "logins.lock";
    private static final String LATEST = "latest";
    private static final String ENTRIES = "logins";

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path folder;

    public Logins(Surroundings surroundings) {
        this.folder = surroundings.configurationFolder();
    }

    /// The address that somebody logged in at last.
    Optional<ApiUrl> latest() {
        return Optional.of(read().path(LATEST).asText())
                .filter(text -> !text.isEmpty())
                .map(text -> ApiUrl.parse(text, LATEST + " of " + folder.resolve(FILE)));
    }

    Optional<Login> find(ApiUrl url) {
        return find(read(), url);
    }

    /// Replaces an address's login by what `change` makes of it, while no other command changes any. What is returned
    /// is on the disk.
    Optional<Login> update(ApiUrl url, UnaryOperator<Optional<Login>> change) {
        return update(url, change, /* latest= */ false);
    }

    /// Remembers a login, and its address as the latest.
    void remember(ApiUrl url, Login login) {
        update(url, _ -> Optional.of(login), /* latest= */ true);
    }

    private Optional<Login> update(ApiUrl url, UnaryOperator<Optional<Login>> change, boolean latest) {
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                ObjectNode content = read();
                Optional<Login> before = find(content, url);
                Optional<Login> after = change.apply(before);
                if (latest || !after.equals(before)) {
                    put(content, url, after, latest);
                    new DataDirectory(folder).writeSecret(FILE, MAPPER.writeValueAsBytes(content));
                }
                return after;
            }
        } catch (IOException | UncheckedIOException e) {
            throw new ClientException(Reason.REFUSED, folder + " cannot be written to: " + e);
        }
    }

    private static void put(ObjectNode content, ApiUrl url, Optional<Login> login, boolean latest) {
        ObjectNode entries = content.withObject("/" + ENTRIES);
        login.ifPresentOrElse(
                given -> entries.set(url.toString(), given.toJson()), () -> entries.remove(url.toString()));
        if (latest) {
            content.put(LATEST, url.toString());
        } else if (login.isEmpty() && content.path(LATEST).asText().equals(url.toString())) {
            content.remove(LATEST);
        }
    }

    private static Optional<Login> find(ObjectNode content, ApiUrl url) {
        return Optional.ofNullable(content.path(ENTRIES).get(url.toString())).flatMap(Login::ofJson);
    }

    /// The file's content; an empty one if there is none, or if it is damaged, which a new login mends.
    private ObjectNode read() {
        try {
            Optional<String> text = SecretFiles.read(folder.resolve(FILE));
            if (text.isPresent() && MAPPER.readTree(text.get()) instanceof ObjectNode content) {
                return content;
            }
        } catch (JacksonException e) {
            // As good as deleted.
        }
        return MAPPER.createObjectNode();
    }
}
