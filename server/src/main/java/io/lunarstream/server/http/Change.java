package io.lunarstream.server.http;

import java.util.Optional;

/// What a request to change something says about one of its optional fields.
public sealed interface Change<T> {

    /// The field was left out.
    record Unchanged<T>() implements Change<T> {}

    /// The field was `null`.
    record Cleared<T>() implements Change<T> {}

    /// The field has a value.
    record To<T>(T value) implements Change<T> {}

    /// The value after the change.
    default Optional<T> appliedTo(Optional<T> before) {
        return switch (this) {
            case Unchanged<T>() -> before;
            case Cleared<T>() -> Optional.empty();
            case To<T>(T value) -> Optional.of(value);
        };
    }

    /// The new value, if there is one.
    default Optional<T> newValue() {
        return appliedTo(Optional.empty());
    }
}
