package io.lunarstream.server.config;

/// The configuration cannot be used. Its message is one line that names the key, the value and what is allowed.
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }
}
