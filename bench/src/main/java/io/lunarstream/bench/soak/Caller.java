package io.lunarstream.bench.soak;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.bench.soak.Partner.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// A client of the API that asks for this and that, rightly and wrongly.
///
/// @param operator the first administrator's e-mail and password; a secret
record Caller(Partner partner, Map<String, String> operator, Findings findings) {
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(2);

    /// More than a body may have.
    private static final int LARGE_BYTES = 100_000;

    /// Sends what an event says.
    ///
    /// @param show what is on where the event is about
    void perform(Event<ApiAct> event, Optional<Show> show) throws InterruptedException {
        if (show.isEmpty() && isAboutAShow(event.kind())) {
            findings.count("API: left out, as nothing was on");
        } else {
            send(event, show);
            findings.count("API: " + event.kind().words());
        }
    }

    private static boolean isAboutAShow(ApiAct act) {
        return switch (act) {
            case GET, STREAM_INFO, CHANGE -> true;
            default -> false;
        };
    }

    private void send(Event<ApiAct> event, Optional<Show> show) throws InterruptedException {
        RandomGenerator random = event.random();
        switch (event.kind()) {
            case LIST -> expect(200, Call.of("GET", "/livestream?limit=100&page=" + random.nextInt(1, 4)));
            case SEARCH -> expect(200, Call.of("GET", "/livestream?status=STARTED&search=stage"));
            case GET, STREAM_INFO, CHANGE -> askAbout(event, show.orElseThrow());
            case CREATE_AND_DELETE -> createAndDelete(random);
            case CREATE_TWICE -> createTwice(random);
            case END_WHAT_IS_IDLE -> endWhatIsIdle(random);
            case MALFORMED_JSON -> expect(400, new Call("POST", "/livestream", "{\"name\":", List.of()));
            case MISSING_FIELD -> expect(400, Call.post("/livestream", Map.of("name", "no project")));
            case UNKNOWN_FIELD -> expect(400, Call.post("/livestream/generate-push-token", Map.of("key", "x")));
            case BLANK_NAME -> expect(422, Call.post("/livestream", partner.creation("  ", TOKEN_LIFE)));
            case WRONG_KEY -> expect(401, Call.of("GET", "/livestream").with("ls-api-key", "ls_proj_v1_wrong"));
            case UNKNOWN_LIVESTREAM -> expect(404, Call.of("GET", "/livestream/" + uuid(random)));
            case WRONG_METHOD -> expect(405, Call.of("PUT", "/livestream"));
            case LARGE_BODY -> expect(413, Call.post("/livestream", Map.of("name", "x".repeat(LARGE_BYTES))));
            case HEALTH -> expect(200, Call.of("GET", "/health"));
            case PUSH_AUTH_WITHOUT_SECRET -> expect(401, Call.post("/push-auth", Map.of("app", "live")));
            case LOGIN -> login();
        }
    }

    private void expect(int status, Call call) throws InterruptedException {
        JsonNode _ = partner.expect(status, call);
    }

    /// Asks about something that may be deleted at the same time.
    private void askAbout(Event<ApiAct> event, Show show) throws InterruptedException {
        String change = Partner.json(Map.of(
                "metadata", Map.of("salt", Long.toHexString(event.salt())), "name", "changed, stage " + event.stage()));
        Call call = switch (event.kind()) {
            case GET -> Call.of("GET", "/livestream/" + show.id());
            case CHANGE -> new Call("PATCH", "/livestream/" + show.id(), change, List.of());
            default -> Call.of("GET", "/livestreams/stream-info/" + show.streamKey());
        };
        int status = partner.send(call).statusCode();
        if (status != 200 && !(status == 404 && show.isDeleted())) {
            findings.fail(call.method() + " " + call.path(), "answers " + status + " and not 200");
        }
    }

    private void createAndDelete(RandomGenerator random) throws InterruptedException {
        String path = "/livestream/" + create(Call.post("/livestream", creation(random)));
        expect(200, Call.of("GET", path));
        expect(200, Call.of("DELETE", path));
        expect(404, Call.of("GET", path));
        expect(404, Call.of("DELETE", path));
    }

    private void createTwice(RandomGenerator random) throws InterruptedException {
        Call call = Call.post("/livestream", creation(random)).with("Idempotency-Key", uuid(random));
        String first = create(call);
        String second = create(call);
        if (!first.equals(second)) {
            findings.fail("POST /livestream", "one Idempotency-Key made two livestreams");
        }
        expect(200, Call.of("DELETE", "/livestream/" + first));
    }

    private void endWhatIsIdle(RandomGenerator random) throws InterruptedException {
        String path = "/livestream/" + create(Call.post("/livestream", creation(random)));
        expect(409, Call.of("POST", path + "/end"));
        expect(200, Call.of("DELETE", path));
    }

    /// The id of what was made.
    private String create(Call call) throws InterruptedException {
        return partner.expect(201, call).path("data").path("id").asText();
    }

    private Map<String, ?> creation(RandomGenerator random) {
        return partner.creation("idle " + random.nextInt(), TOKEN_LIFE);
    }

    private static String uuid(RandomGenerator random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private void login() throws InterruptedException {
        JsonNode session =
                partner.expect(200, Call.post("/auth/login", operator)).path("data");
        String access = "Bearer " + session.path("accessToken").asText();
        expect(200, Call.of("GET", "/admin/audit?limit=20").with("authorization", access));
        String refresh = session.path("refreshToken").asText();
        expect(200, Call.post("/auth/logout", Map.of("refreshToken", refresh)));
    }
}
