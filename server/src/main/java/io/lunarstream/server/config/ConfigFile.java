package io.lunarstream.server.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Reads `lunar.yaml` token by token into the words that were given for each key.
///
/// An entry of a list is a word, or a mapping of `name`, `url` and perhaps `regions`, which becomes the word
/// `name@region@region=url`.
final class ConfigFile {
    /// What the path of every key begins with that may hold a secret.
    private static final List<String> SECRETS = List.of("database.", "valkey.", "secrets.", "media-server.secret");

    private final String fileName;
    private final JsonParser parser;
    private final Map<ConfigKey, GivenValue> values = new EnumMap<>(ConfigKey.class);

    private ConfigFile(String fileName, JsonParser parser) {
        this.fileName = fileName;
        this.parser = parser;
    }

    static Map<ConfigKey, GivenValue> read(Path file) {
        YAMLFactory yaml = YAMLFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try (JsonParser parser = yaml.createParser(Files.readString(file))) {
            ConfigFile reader = new ConfigFile(file.toString(), parser);
            reader.readDocument();
            return reader.values;
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage().lines().findFirst().orElse("not YAML");
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new ConfigException(file + ", line " + line + ": not readable as YAML: " + reason);
        } catch (IOException e) {
            throw new ConfigException("--config: \"" + file + "\" cannot be read; allowed: a YAML file");
        }
    }

    private void readDocument() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return;
        }
        if (first != JsonToken.START_OBJECT) {
            throw new ConfigException(fileName + ": not a mapping of keys; allowed keys: " + ConfigKey.allPaths());
        }
        readMapping("");
    }

    private void readMapping(String prefix) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String path = prefix + parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT && ConfigKey.ofPath(path).isEmpty()) {
                readMapping(path + ".");
            } else {
                readValue(path, value);
            }
        }
    }

    private void readValue(String path, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL && ConfigKey.ofPath(path).isPresent()) {
            return;
        }
        boolean list = value == JsonToken.START_ARRAY;
        List<String> words = list ? readList(path) : List.of(readWord(path));
        ConfigKey key = ConfigKey.ofPath(path)
                .orElseThrow(() -> new ConfigException(fileName + ": unknown key \"" + path + "\" with value \""
                        + shown(path, words) + "\"; allowed keys: " + ConfigKey.allPaths()));
        if (list != key.isList()) {
            throw new ConfigException(path + ": \"" + shown(path, words) + "\" is not allowed (" + fileName
                    + "); allowed: " + (list ? "one value" : "a list"));
        }
        values.put(key, new GivenValue(words, fileName));
    }

    /// A value for an error message; not one that may be a password, even if its key is misspelt.
    private static String shown(String path, List<String> words) {
        return SECRETS.stream().anyMatch(path::startsWith) ? "***" : String.join(",", words);
    }

    private List<String> readList(String path) throws IOException {
        List<String> words = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            words.add(readWord(path));
        }
        return words;
    }

    private String readWord(String path) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return readNamedUrl(path);
        }
        if (!parser.currentToken().isScalarValue()) {
            throw new ConfigException(path + ": a list within a list is not allowed (" + fileName + ")");
        }
        return parser.getText();
    }

    private String readNamedUrl(String path) throws IOException {
        String name = "";
        String url = "";
        StringBuilder regions = new StringBuilder();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "name" -> name = parser.getText();
                case "url" -> url = parser.getText();
                case "regions" ->
                    readRegions(path).forEach(region -> regions.append('@').append(region));
                default ->
                    throw new ConfigException(fileName + ": unknown key \"" + path + "." + field + "\" with value \""
                            + parser.getText() + "\"; allowed keys: name, url, regions");
            }
        }
        return name + regions + "=" + url;
    }

    private List<String> readRegions(String path) throws IOException {
        String key = path + ".regions";
        return parser.currentToken() == JsonToken.START_ARRAY ? readList(key) : List.of(readWord(key));
    }
}
