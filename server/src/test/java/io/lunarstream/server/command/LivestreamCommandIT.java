package io.lunarstream.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.command.Shell.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `livestream …` on the server's own machine.
class LivestreamCommandIT {
    private final MutableClock clock = new MutableClock();
    private final TestServer server;
    private final Shell shell;

    LivestreamCommandIT(@TempDir Path folder) {
        server = TestServer.start(folder.resolve("data"), clock, Map.of("LUNAR_RATE_LIMITS_PARTNER_REQUESTS", "30"));
        shell = new Shell(folder, clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void createPrintsTheSecretOnceAndWhatToDoNext() {
        Run created = shell.ok("livestream", "create", "First light");
        assertThat(created.out()).containsPattern("Name +First light\n").containsPattern("Status +READY_FOR_USE\n");
        String key = created.out().replaceAll("(?s).*Stream key +(\\S+).*", "$1");
        assertThat(key).matches("[0-9a-f]{32}\\?pushToken=[\\w.-]+");
        assertThat(created.err())
                .contains("not shown again")
                .containsPattern("ffmpeg .* -f flv 'rtmp://localhost:\\d+/live/\\Q" + key + "\\E'");
        assertThat(shell.ok("livestream", "list").out()).doesNotContain("pushToken");
    }

    @Test
    void createHandsOnEverythingThatIsGiven() {
        JsonNode created = shell.ok(
                        "livestream",
                        "create",
                        "Tagged",
                        "--external-id=show-1",
                        "--metadata=team=blue",
                        "--metadata=sum=a=b",
                        "--expires-in=60",
                        "--media-server=" + server.mediaServerId(),
                        "--project=" + server.projectId(),
                        "--json")
                .json();
        JsonNode stored =
                server.get("/livestream/" + created.required("id").asText()).data();
        assertThat(stored.required("externalId").asText()).isEqualTo("show-1");
        assertThat(stored.required("metadata").toString()).isEqualTo("{\"team\":\"blue\",\"sum\":\"a=b\"}");
        assertThat(stored.required("pushTokenExpiresAt").asText()).isEqualTo("2026-01-12T18:13:38.000Z");
        assertThat(created.required("streamKeyWithToken").asText()).contains("?pushToken=");
    }

    @Test
    void aNameIsTakenAsItIsTyped(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "read");
        for (String name : List.of("@" + file, "\"quoted\"", "${env:HOME}", "a=b", "*")) {
            assertThat(shell.ok("livestream", "create", name, "--json")
                            .json()
                            .required("name")
                            .asText())
                    .isEqualTo(name);
        }
        assertThat(shell.ok("livestream", "create", "--json", "--", "--all")
                        .json()
                        .required("name")
                        .asText())
                .isEqualTo("--all");
    }

    @Test
    void theSameIdempotencyKeyCreatesOneLivestream() {
        String[] command = {"livestream", "create", "Once", "--idempotency-key=key-1", "--json"};
        assertThat(shell.ok(command).json()).isEqualTo(shell.ok(command).json());
        assertThat(shell.ok("livestream", "list", "--json").json()).hasSize(1);
    }

    @Test
    void listIsATableWhoseLastColumnIsCutToTheScreen() {
        server.create("A name that is too long for a screen");
        assertThat(shell.ok("livestream", "list").out()).matches("""
                        ID {36}STATUS {9}CREATED {11}NAME
                        \\S{36}  READY_FOR_USE  2026-01-12 19:12  A name that is too long for a screen
                        """);
        Run onScreen = shell.onScreenOf(80).ok("livestream", "list");
        assertThat(onScreen.out().lines())
                .allMatch(line -> line.length() <= 80)
                .last()
                .asString()
                .endsWith("A name t…");
    }

    @Test
    void listTellsWhatItDoesNotShowAndAllShowsIt() {
        for (int i = 0; i < 12; i++) {
            server.create("number " + i);
            clock.advance(Duration.ofMillis(1));
        }
        Run first = shell.ok("livestream", "list");
        assertThat(first.out().lines()).hasSize(11);
        assertThat(first.err()).isEqualTo("Page 1 of 2, 12 in all; --page N or --all shows the others.\n");
        assertThat(shell.ok("livestream", "list", "--page=2", "--limit=5", "--json")
                        .json())
                .extracting(livestream -> livestream.required("name").asText())
                .containsExactly("number 6", "number 5", "number 4", "number 3", "number 2");
        assertThat(shell.ok("livestream", "list", "--all").out().lines()).hasSize(13);
        assertThat(shell.ok("livestream", "list", "--search=NUMBER 1", "--json").json())
                .hasSize(3);
        Run none = shell.ok("livestream", "list", "--status=ENDED");
        assertThat(none.out()).isEmpty();
        assertThat(none.err()).isEqualTo("There are none.\n");
    }

    @Test
    void allWaitsForTheRateLimit() {
        server.create("kept");
        for (int i = 0; i < 29; i++) {
            server.get("/livestream");
        }
        Run refused = shell.run("livestream", "list");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("Rate limit exceeded", "RATE_LIMITED", "Try again in 60 s.");
        Run patient = shell.waitingBy(clock::advance).ok("livestream", "list", "--all", "--json");
        assertThat(patient.json()).hasSize(1);
        assertThat(patient.err()).isEqualTo("Waiting 60 s for the rate limit…\n");
        assertThat(Duration.between(new MutableClock().instant(), clock.instant()))
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void jsonIsWhatTheApiSays() {
        server.create("one");
        server.create("two");
        JsonNode list = server.get("/livestream").data();
        assertThat(shell.ok("livestream", "list", "--json").json()).isEqualTo(list);
        String id = list.get(0).required("id").asText();
        assertThat(shell.ok("livestream", "show", id, "--json").json()).isEqualTo(list.get(0));
    }

    @Test
    void showSaysEverythingButTheToken() {
        String id = server.create("Shown", ",\"metadata\":{\"team\":\"blue\"}")
                .required("id")
                .asText();
        String shown = shell.ok("livestream", "show", id).out();
        assertThat(shown)
                .containsPattern("Id +" + id)
                .containsPattern("Encoder +-\n")
                .containsPattern("Token until +2026-01-12 20:12:38\n")
                .containsPattern("Media server +local in local\n")
                .containsPattern("HLS +http://localhost:\\d+/hls/[0-9a-f]{32}/master.m3u8\n")
                .containsPattern("Metadata +team=blue\n")
                .doesNotContain("pushToken");
    }

    @Test
    void tokenAndDeleteDoWhatTheySay() {
        JsonNode livestream = server.create("Short");
        String id = livestream.required("id").asText();
        JsonNode token = shell.ok("livestream", "token", id, "--expires-in=120", "--revoke-previous", "--json")
                .json();
        assertThat(token.required("expiresIn").asInt()).isEqualTo(120);
        assertThat(token.required("pushToken")).isNotEqualTo(livestream.required("pushToken"));
        assertThat(server.get("/livestream/" + id).data().required("pushTokenExpiresAt"))
                .isEqualTo(token.required("expiresAt"));
        assertThat(shell.ok("livestream", "delete", id).out()).isEqualTo("Deleted \"Short\" (" + id + ").\n");
        assertThat(server.get("/livestream/" + id).status()).isEqualTo(404);
    }

    @Test
    void aRefusalIsTheApisWordsWithCodeAndRequestAndHowToMendIt() {
        String id = server.create("Idle").required("id").asText();
        Run end = shell.run("livestream", "end", id);
        assertThat(end.code()).isEqualTo(1);
        assertThat(end.out()).isEmpty();
        assertThat(end.err()).matches("""
                        lunar: Livestream is not live
                          \\(LIVESTREAM_NOT_LIVE, status 409, request [0-9a-f-]{36}\\)
                        """);
        Run blank = shell.run("livestream", "create", " ", "--expires-in=1");
        assertThat(blank.code()).isEqualTo(1);
        assertThat(blank.err()).startsWith("""
                        lunar: Validation failed
                          name should not be empty
                          expiresIn must not be less than 60
                          (UNPROCESSABLE, status 422, request\s""");
        Run unknown = shell.run("livestream", "show", UUID.randomUUID().toString());
        assertThat(unknown.err()).contains("Livestream not found", "./lunar livestream list shows");
    }

    @Test
    void aNameCannotSteerTheScreen() {
        server.create("\\u001b[2Jcleared\\nID \\u202Ereversed");
        assertThat(StreamSupport.stream(
                        shell.ok("livestream", "list", "--json").json().spliterator(), false))
                .singleElement()
                .satisfies(livestream -> assertThat(livestream.required("name").asText())
                        .isEqualTo("\u001b[2Jcleared\nID \u202Ereversed"));
        assertThat(shell.ok("livestream", "list").out().lines())
                .hasSize(2)
                .last()
                .asString()
                .endsWith("\uFFFD[2Jcleared\uFFFDID \uFFFDreversed");
    }
}
