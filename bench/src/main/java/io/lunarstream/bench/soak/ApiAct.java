package io.lunarstream.bench.soak;

/// What a partner's backend asks, and now and then an operator.
enum ApiAct {
    LIST("list"),
    SEARCH("list by status and name"),
    GET("get what is live"),
    STREAM_INFO("stream-info of what is live"),
    CHANGE("change a name and metadata"),
    CREATE_AND_DELETE("create, get, delete, get"),
    CREATE_TWICE("create twice with one Idempotency-Key"),
    END_WHAT_IS_IDLE("end what is not live"),
    MALFORMED_JSON("a body that is no JSON"),
    MISSING_FIELD("a field is missing"),
    UNKNOWN_FIELD("a field that does not exist"),
    BLANK_NAME("a name of blanks"),
    WRONG_KEY("a wrong API key"),
    UNKNOWN_LIVESTREAM("a livestream that does not exist"),
    WRONG_METHOD("a wrong method"),
    LARGE_BODY("a body of 100 kB"),
    HEALTH("health, JWKS and OpenAPI"),
    PUSH_AUTH_WITHOUT_SECRET("push-auth without a secret"),
    LOGIN("an operator logs in, reads the audit log, logs out");

    private final String words;

    ApiAct(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
