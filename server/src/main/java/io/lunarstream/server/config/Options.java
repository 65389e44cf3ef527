package io.lunarstream.server.config;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Optional;

/// The options of `up`: `--name value` or `--name=value`, and `--demo`, which takes no value.
///
/// @param configFile the file of `--config`
/// @param demo whether the test picture is broadcast
/// @param values what the other options set
record Options(Optional<Path> configFile, boolean demo, Map<ConfigKey, GivenValue> values) {
    private static final String DEMO = "--demo";

    private static final Map<String, ConfigKey> KEY_BY_OPTION = Map.of(
            "--data-dir", ConfigKey.DATA_DIR,
            "--http-port", ConfigKey.HTTP_PORT,
            "--https-port", ConfigKey.HTTPS_PORT,
            "--rtmp-port", ConfigKey.RTMP_PORT,
            "--rtmps-port", ConfigKey.RTMPS_PORT,
            "--management-port", ConfigKey.MANAGEMENT_PORT,
            "--public-url", ConfigKey.PUBLIC_URL,
            "--role", ConfigKey.ROLE);

    private static final String ALLOWED = "--config, --data-dir, --http-port, --https-port, --rtmp-port, --rtmps-port,"
            + " --management-port, --public-url, --role, --demo";

    static Options parse(List<String> arguments) {
        Optional<Path> configFile = Optional.empty();
        boolean demo = false;
        Map<ConfigKey, GivenValue> values = new EnumMap<>(ConfigKey.class);
        ListIterator<String> rest = arguments.listIterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            if (argument.equals(DEMO)) {
                demo = true;
                continue;
            }
            int equals = argument.indexOf('=');
            String option = equals < 0 ? argument : argument.substring(0, equals);
            Optional<ConfigKey> key = Optional.ofNullable(KEY_BY_OPTION.get(option));
            if (option.equals(DEMO)) {
                throw new ConfigException("option " + DEMO + " takes no value");
            }
            if (key.isEmpty() && !option.equals("--config")) {
                throw new ConfigException("unknown option \"" + option + "\"; allowed: " + ALLOWED);
            }
            String value = equals < 0 ? next(option, rest) : argument.substring(equals + 1);
            if (key.isPresent()) {
                values.put(key.get(), new GivenValue(List.of(value), option));
            } else {
                configFile = Optional.of(Path.of(value));
            }
        }
        return new Options(configFile, demo, values);
    }

    private static String next(String option, ListIterator<String> rest) {
        if (!rest.hasNext()) {
            throw new ConfigException("option " + option + " needs a value after it");
        }
        return rest.next();
    }
}
