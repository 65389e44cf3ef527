package io.lunarstream.server.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The configuration as read: an option beats the environment, which beats the file, which beats the default.
///
/// @param settings what the program obeys
/// @param demo whether the test picture is broadcast: an option of one start, and no setting
/// @param warnings what looks like a mistake but does not stop the start, one line each
public record Configuration(Settings settings, boolean demo, List<String> warnings) {
    private static final String CONFIG_VARIABLE = "LUNAR_CONFIG";
    private static final String UNUSED_CERTIFICATE =
            "tls.certificate is set, but neither https-port nor rtmps-port is: no port uses it";
    private static final String KEYS_OF_ITS_OWN =
            "secrets.key is not set: this API node signs with keys of its own, which others do not know";
    private static final Path DEFAULT_FILE = Path.of("lunar.yaml");

    /// Variables of the `LUNAR_` family that the launcher and the command line read.
    private static final Set<String> OTHER_VARIABLES =
            Set.of("LUNAR_HOME", "LUNAR_JAVA_OPTS", "LUNAR_API_URL", "LUNAR_API_KEY");

    public Configuration {
        warnings = List.copyOf(warnings);
    }

    /// Reads the options of `up`, the environment and the file they name (else `lunar.yaml`, if it is there).
    ///
    /// @throws ConfigException if anything in them cannot be used
    public static Configuration read(List<String> arguments, Map<String, String> environment) {
        Options options = Options.parse(arguments);
        Map<ConfigKey, GivenValue> values = new EnumMap<>(ConfigKey.class);
        configFile(options, environment).ifPresent(file -> values.putAll(ConfigFile.read(file)));
        values.putAll(fromEnvironment(environment));
        values.putAll(options.values());
        Settings settings = new SettingsReader(values).read();
        if (options.demo() && settings.role() != Role.ALL) {
            throw new ConfigException(
                    "option --demo needs role all: its broadcaster and its livestream are in one process");
        }
        List<String> warnings = new ArrayList<>(unknownVariables(environment));
        settings.tls().filter(Settings.Tls::isUnused).ifPresent(_ -> warnings.add(UNUSED_CERTIFICATE));
        if (settings.role() == Role.API && settings.encryption().isEmpty()) {
            warnings.add(KEYS_OF_ITS_OWN);
        }
        return new Configuration(settings, options.demo(), warnings);
    }

    private static Optional<Path> configFile(Options options, Map<String, String> environment) {
        Optional<Path> named = options.configFile()
                .or(() -> Optional.ofNullable(environment.get(CONFIG_VARIABLE))
                        .filter(name -> !name.isEmpty())
                        .map(Path::of));
        return named.or(() -> Optional.of(DEFAULT_FILE).filter(Files::exists));
    }

    /// An empty variable counts as one that is not set: container tools pass those on.
    private static Map<ConfigKey, GivenValue> fromEnvironment(Map<String, String> environment) {
        Map<ConfigKey, GivenValue> values = new EnumMap<>(ConfigKey.class);
        for (ConfigKey key : ConfigKey.values()) {
            String text = environment.getOrDefault(key.environmentVariable(), "");
            if (!text.isEmpty()) {
                List<String> words = key.isList() ? Arrays.asList(text.split(",", -1)) : List.of(text);
                values.put(key, new GivenValue(words, key.environmentVariable()));
            }
        }
        return values;
    }

    private static List<String> unknownVariables(Map<String, String> environment) {
        Set<String> unknown = new TreeSet<>(environment.keySet());
        unknown.removeIf(name -> !name.startsWith("LUNAR_") || name.equals(CONFIG_VARIABLE));
        unknown.removeAll(OTHER_VARIABLES);
        unknown.removeAll(Arrays.stream(ConfigKey.values())
                .map(ConfigKey::environmentVariable)
                .toList());
        List<String> warnings = new ArrayList<>();
        unknown.forEach(name -> warnings.add("environment variable " + name + " sets no key of the configuration"));
        return warnings;
    }
}
