package io.lunarstream.server;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lunarstream.server.config.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `credentials.json` in the data directory (0600): how to reach this start of the program, and the secrets of its
/// first start.
///
/// Every start renews the addresses and keeps the rest. The file may be deleted and is not needed to start; a later
/// start then cannot name the key, of which only a hash is stored. Source: operations, "One machine".
final class CredentialsFile {
    private static final String FILE = "credentials.json";

    /// What is said of this start alone: with another role, or other ports, it is not true any more.
    private static final List<String> OF_ONE_START =
            List.of("apiUrl", "httpsUrl", "hlsUrl", "rtmpUrl", "rtmpsUrl", "managementUrl", "mediaServerId");

    private final DataDirectory directory;
    private final JsonMapper mapper = new JsonMapper();

    CredentialsFile(DataDirectory directory) {
        this.directory = directory;
    }

    Path path() {
        return directory.path().resolve(FILE);
    }

    /// Adds secrets that were just made, or replaces them.
    ///
    /// @param secrets by their names in the file
    void put(Map<String, String> secrets) {
        ObjectNode content = read();
        secrets.forEach(content::put);
        write(content);
    }

    /// A secret or an address; empty if the file does not hold it.
    Optional<String> get(String name) {
        return Optional.ofNullable(read().get(name)).map(JsonNode::asText);
    }

    /// Forgets a secret that is no longer true.
    void remove(String name) {
        ObjectNode content = read();
        if (content.remove(name) != null) {
            write(content);
        }
    }

    /// Writes what is true of this start into the file.
    ///
    /// @param facts by their names in the file, in order
    /// @return the API key, if the file still holds it
    Optional<String> renew(Map<String, String> facts) {
        ObjectNode earlier = read();
        ObjectNode kept = earlier.deepCopy().remove(OF_ONE_START);
        ObjectNode content = mapper.createObjectNode();
        facts.forEach(content::put);
        kept.properties().forEach(field -> content.putIfAbsent(field.getKey(), field.getValue()));
        if (!content.equals(earlier)) {
            write(content);
        }
        return Optional.ofNullable(content.get("apiKey")).map(JsonNode::asText);
    }

    private ObjectNode read() {
        try {
            Optional<byte[]> bytes = directory.read(FILE);
            if (bytes.isPresent() && mapper.readTree(bytes.get()) instanceof ObjectNode content) {
                return content;
            }
        } catch (JacksonException e) {
            // A file that somebody has damaged is as good as deleted.
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
        return mapper.createObjectNode();
    }

    private void write(ObjectNode content) {
        try {
            directory.writeSecret(FILE, mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
        } catch (JacksonException e) {
            throw new IllegalStateException("a tree of texts can always be written", e);
        }
    }
}
