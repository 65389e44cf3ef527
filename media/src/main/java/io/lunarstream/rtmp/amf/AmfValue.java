package io.lunarstream.rtmp.amf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One AMF0 value. Source: AMF 0, section 2.
public sealed interface AmfValue {

    /// A value that is not there; sent where a command has no command object.
    AmfValue NULL = new AmfNull();

    /// Any number is a 64-bit floating point number. Section 2.2.
    record AmfNumber(double value) implements AmfValue {}

    /// Section 2.3.
    record AmfBoolean(boolean value) implements AmfValue {}

    /// A string, or a long string: they differ only on the wire. Sections 2.4 and 2.14.
    record AmfString(String value) implements AmfValue {}

    /// Named values in their order: an object, or a typed object whose class name is dropped. Sections 2.5 and 2.18.
    record AmfObject(Map<String, AmfValue> properties) implements AmfValue, AmfProperties {
        public AmfObject {
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }
    }

    /// Named values in their order, which Flash told apart from an object. Section 2.10.
    record AmfEcmaArray(Map<String, AmfValue> properties) implements AmfValue, AmfProperties {
        public AmfEcmaArray {
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }
    }

    /// Values without names. Section 2.12.
    record AmfStrictArray(List<AmfValue> values) implements AmfValue {
        public AmfStrictArray {
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }
    }

    /// A moment. Section 2.13.
    ///
    /// @param epochMs milliseconds since 1970 in UTC
    /// @param timeZoneMinutes reserved, should be 0
    record AmfDate(double epochMs, int timeZoneMinutes) implements AmfValue {}

    /// Section 2.7.
    record AmfNull() implements AmfValue {}

    /// Section 2.8.
    record AmfUndefined() implements AmfValue {}

    /// A value of a type that is not read, such as a reference or an XML document.
    ///
    /// @param marker the type's marker on the wire
    record AmfSkipped(int marker) implements AmfValue {}

    /// What an object and an ECMA array have in common.
    sealed interface AmfProperties extends AmfValue permits AmfObject, AmfEcmaArray {

        /// The named values in the order in which they came.
        Map<String, AmfValue> properties();

        /// The text of a property, whatever the case of the letters in its name; empty if it is missing or no text.
        default Optional<String> text(String name) {
            AmfValue exact = properties().get(name);
            if (exact instanceof AmfString(String value)) {
                return Optional.of(value);
            }
            return properties().entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .flatMap(value -> value instanceof AmfString(String text) ? Stream.of(text) : Stream.empty())
                    .findFirst();
        }
    }
}
