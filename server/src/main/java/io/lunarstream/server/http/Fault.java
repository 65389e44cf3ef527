package io.lunarstream.server.http;

/// One thing that is wrong with a request's input.
///
/// @param field which field, as the client knows it; parts joined by dots
/// @param message what is wrong, in the API's own words
/// @param namesRequest whether this fault, when it is the only one, becomes the message of the whole error
record Fault(String field, String message, boolean namesRequest) {

    Fault {
        field = Text.printable(field);
        message = Text.printable(message);
    }

    static Fault required(String field) {
        return new Fault(field, field + " is required", true);
    }

    static Fault malformedId(String field) {
        return new Fault(field, field + " must be a valid UUID", true);
    }

    static Fault of(String field, String problem) {
        return new Fault(field, field + " " + problem, false);
    }

    static Fault noNumber(String field) {
        return of(field, "must be a whole number of 0 or more");
    }

    static Fault needs(String field, String other) {
        return of(field, "needs " + other);
    }

    static Fault tooFarAhead(String field) {
        return of(field, "is too far ahead of the playlist");
    }

    static Fault unknown(String field) {
        return new Fault(field, "property " + field + " should not exist", false);
    }

    static Fault bodyIsNoObject() {
        return new Fault("body", "body must be an object", true);
    }
}
