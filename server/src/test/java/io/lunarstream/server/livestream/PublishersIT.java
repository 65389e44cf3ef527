package io.lunarstream.server.livestream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.flv.FlvTag;
import io.lunarstream.rtmp.session.ClientEvent;
import io.lunarstream.server.Answer;
import io.lunarstream.server.Clip;
import io.lunarstream.server.MutableClock;
import io.lunarstream.server.TestServer;
import io.lunarstream.server.ingest.RtmpEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a push token lets an encoder do, until it is cut: over RTMP, the API and HLS. Partner API, sections 4 and 5.
class PublishersIT {
    private static final List<FlvTag> CLIP = Clip.tags();

    /// Six seconds, three segments.
    private static final int PART = CLIP.size() / 10;

    /// A cut is promised within this time.
    private static final Duration CUT = Duration.ofSeconds(5);

    /// How long before their deadline livestreams are used here: timers run in real time and see it pass.
    private static final Duration SHORTLY = Duration.ofMillis(100);

    private final Path folder;
    private final MutableClock clock = new MutableClock();
    private TestServer server;

    PublishersIT(@TempDir Path folder) {
        this.folder = folder;
        server = TestServer.start(folder, clock, Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// Ways to cut a publisher.
    enum Cut {
        END,
        DELETE,
        REVOKE,
        DEADLINE
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "END      | BROADCAST_ENDED: The broadcast was ended through the API | INVALID_PUSH_TOKEN"
                        + " | ENDED         | api_ended",
                "DELETE   | BROADCAST_ENDED: The broadcast was ended through the API | INVALID_PUSH_TOKEN"
                        + " | ENDED         | api_ended",
                "REVOKE   | INVALID_PUSH_TOKEN: Push token was revoked               | INVALID_PUSH_TOKEN"
                        + " | READY_FOR_USE | token_revoked",
                "DEADLINE | EXPIRED_PUSH_TOKEN: Push token has expired               | EXPIRED_PUSH_TOKEN"
                        + " | TOKEN_EXPIRED | token_expired",
            })
    void aLivePublisherIsCutAndKeptOut(Cut cut, String words, String refusal, String status, String endReason)
            throws IOException {
        JsonNode livestream = shortlyBeforeItsDeadline();
        Instant start = clock.instant();
        try (RtmpEncoder encoder = publishing(livestream)) {
            encoder.send(CLIP.subList(0, PART));
            awaitStatus(livestream, "STARTED");
            JsonNode after = cut(cut, livestream, encoder, words);
            assertThat(after.required("status").asText()).isEqualTo(status);
            assertThat(after.required("endReason").asText()).isEqualTo(endReason);
            assertThat(after.required("startedAt").asText()).isEqualTo(start.toString());
            assertThat(Instant.parse(after.required("endedAt").asText())).isEqualTo(clock.instant());
        }
        assertThat(mediaPlaylist(livestream)).endsWith("#EXT-X-ENDLIST\n");
        assertRefused(livestream, token(livestream), refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "END      | BROADCAST_ENDED: The broadcast was ended through the API | INVALID_PUSH_TOKEN"
                        + " | ENDED         | api_ended",
                "DELETE   | BROADCAST_ENDED: The broadcast was ended through the API | INVALID_PUSH_TOKEN"
                        + " | ENDED         | api_ended",
                "REVOKE   | INVALID_PUSH_TOKEN: Push token was revoked               | INVALID_PUSH_TOKEN"
                        + " | READY_FOR_USE | null",
                "DEADLINE | EXPIRED_PUSH_TOKEN: Push token has expired               | EXPIRED_PUSH_TOKEN"
                        + " | TOKEN_EXPIRED | null",
            })
    void aPublisherThatHasSentNothingPlayableIsCutAndKeptOut(
            Cut cut, String words, String refusal, String status, String endReason) throws IOException {
        JsonNode livestream = shortlyBeforeItsDeadline();
        try (RtmpEncoder encoder = publishing(livestream)) {
            JsonNode after = cut(cut, livestream, encoder, words);
            assertThat(after.required("status").asText()).isEqualTo(status);
            assertThat(after.required("endReason").asText()).isEqualTo(endReason);
            assertThat(after.required("endedAt").isNull()).isEqualTo(endReason.equals("null"));
            assertThat(after.required("startedAt").isNull()).isTrue();
        }
        assertRefused(livestream, token(livestream), refusal);
    }

    @Test
    void aPublisherOfTheNextBroadcastCanBeEndedBeforeItIsPlayable() throws IOException {
        JsonNode livestream = server.create("a");
        try (RtmpEncoder encoder = publishing(livestream)) {
            encoder.send(CLIP.subList(0, PART));
            awaitStatus(livestream, "STARTED");
            encoder.goodbye();
        }
        awaitStatus(livestream, "ENDED");
        clock.advance(Duration.ofSeconds(10));
        try (RtmpEncoder encoder = publishing(livestream)) {
            JsonNode after = cut(Cut.END, livestream, encoder, "BROADCAST_ENDED");
            assertThat(after.required("endReason").asText()).isEqualTo("api_ended");
            assertThat(Instant.parse(after.required("endedAt").asText())).isEqualTo(clock.instant());
        }
    }

    @Test
    void aRenewedPublisherGoesOnOnTheSameConnectionAndInTheSamePlaylist() throws IOException {
        JsonNode livestream = shortlyBeforeItsDeadline();
        try (RtmpEncoder encoder = publishing(livestream)) {
            encoder.send(CLIP.subList(0, PART));
            awaitStatus(livestream, "STARTED");
            int listed = segments(livestream);
            String longest = generate(livestream, ",\"expiresIn\":3600")
                    .required("expiresAt")
                    .asText();
            generate(livestream, ",\"expiresIn\":60");
            assertThat(read(livestream).required("pushTokenExpiresAt").asText()).isEqualTo(longest);
            clock.advance(Duration.ofMinutes(2));
            encoder.send(CLIP.subList(PART, 2 * PART));
            await().until(() -> segments(livestream) > listed);
            await().during(SHORTLY.multipliedBy(5)).until(() -> isConnected(livestream));
            assertThat(read(livestream).required("status").asText()).isEqualTo("STARTED");
            assertThat(mediaPlaylist(livestream))
                    .doesNotContain("#EXT-X-DISCONTINUITY\n")
                    .doesNotContain("#EXT-X-ENDLIST");
        }
    }

    @Test
    void oneTokenIsGoodForManyConnectionsUntilItExpires() throws IOException {
        JsonNode livestream = shortlyBeforeItsDeadline();
        for (int i = 0; i < 3; i++) {
            try (RtmpEncoder encoder = publishing(livestream)) {
                encoder.send(CLIP.subList(0, PART));
                awaitStatus(livestream, "STARTED");
                encoder.goodbye();
            }
            awaitStatus(livestream, "ENDED");
        }
        clock.advance(SHORTLY);
        assertRefused(livestream, token(livestream), "EXPIRED_PUSH_TOKEN");
        assertThat(read(livestream).required("status").asText()).isEqualTo("ENDED");
    }

    @Test
    void theLeewayCountsForAdmissionAndCutAlike() throws IOException {
        restart(Map.of("LUNAR_PUSH_TOKEN_LEEWAY", "5s"));
        JsonNode livestream = shortlyBeforeItsDeadline();
        clock.advance(Duration.ofSeconds(5));
        try (RtmpEncoder encoder = publishing(livestream)) {
            encoder.send(CLIP.subList(0, PART));
            awaitStatus(livestream, "STARTED");
            cut(Cut.DEADLINE, livestream, encoder, "EXPIRED_PUSH_TOKEN");
        }
        assertRefused(livestream, token(livestream), "EXPIRED_PUSH_TOKEN");
    }

    @Test
    void aTokenRevokedWhileItsEncoderIsAwayKeepsItOutAndANewOneLetsItIn() throws IOException {
        JsonNode livestream = server.create("a");
        try (RtmpEncoder encoder = publishing(livestream)) {
            encoder.send(CLIP.subList(0, PART));
            awaitStatus(livestream, "STARTED");
        }
        await().until(() -> !isConnected(livestream));
        String fresh = generate(livestream, ",\"revokePrevious\":true")
                .required("pushToken")
                .asText();
        assertThat(read(livestream).required("status").asText()).isEqualTo("READY_FOR_USE");
        assertRefused(livestream, token(livestream), "INVALID_PUSH_TOKEN");
        try (RtmpEncoder encoder = publishing(livestream, fresh)) {
            encoder.send(CLIP.subList(0, PART));
            awaitStatus(livestream, "STARTED");
        }
    }

    @Test
    void aSecondPublisherTakesOverUntilTwoEncodersPlayPingPong() throws IOException {
        JsonNode livestream = server.create("a");
        RtmpEncoder last = publishing(livestream);
        for (int i = 0; i < 3; i++) {
            RtmpEncoder next = publishing(livestream);
            assertThat(last.refusal()).contains("REPLACED: ");
            last.close();
            last = next;
        }
        assertRefused(livestream, token(livestream), "STREAM_IN_USE");
        clock.advance(Duration.ofMillis(29_999));
        assertRefused(livestream, token(livestream), "STREAM_IN_USE");
        clock.advance(Duration.ofMillis(1));
        publishing(livestream).close();
        assertThat(last.refusal()).contains("REPLACED: ");
        last.close();
    }

    @Test
    void aSecondPublisherIsRefusedWhereTheOperatorWantsThat() throws IOException {
        restart(Map.of("LUNAR_PUBLISH_TAKEOVER", "refuse"));
        JsonNode livestream = server.create("a");
        try (RtmpEncoder first = publishing(livestream)) {
            assertRefused(livestream, token(livestream), "STREAM_IN_USE");
            first.send(CLIP.subList(0, PART));
            awaitStatus(livestream, "STARTED");
        }
    }

    @Test
    void aFullMediaServerTakesNoMoreAndTheLeastLoadedComesFirst() throws IOException {
        restart(Map.of("LUNAR_MEDIA_SERVER_MAX_STREAMS", "2"));
        JsonNode first = server.create("a");
        JsonNode second = server.create("b");
        JsonNode third = server.create("c");
        server.makeMediaServer("zz");
        try (RtmpEncoder one = publishing(first)) {
            assertThat(available()).containsExactly("zz 0/5", "local 1/2");
            try (RtmpEncoder two = publishing(second)) {
                assertThat(available()).containsExactly("zz 0/5");
                Answer refused = server.post("/livestream", server.createBody("d", ""));
                assertThat(refused.status()).isEqualTo(422);
                assertThat(refused.json().at("/details/0/message").asText())
                        .isEqualTo("mediaServerId must name a media server that has room");
                assertRefused(third, token(third), "SERVER_FULL");
                two.goodbye();
            }
            one.goodbye();
        }
    }

    @Test
    void aLivestreamStaysOnItsMediaServerFromThePublishersConnectionOn() throws IOException {
        JsonNode livestream = server.create("a");
        String move = "{\"mediaServerId\":\"" + server.makeMediaServer("elsewhere") + "\"}";
        try (RtmpEncoder encoder = publishing(livestream)) {
            Answer refused = server.patch("/livestream/" + id(livestream), move);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().required("code").asText()).isEqualTo("LIVESTREAM_IS_LIVE");
            encoder.goodbye();
        }
        await().until(() -> !isConnected(livestream));
        assertThat(server.patch("/livestream/" + id(livestream), move).status()).isEqualTo(200);
        assertRefused(livestream, token(livestream), "TOKEN_MISMATCH");
    }

    private List<String> available() {
        List<String> servers = new ArrayList<>();
        server.get("/media-servers/available")
                .data()
                .forEach(one -> servers.add(one.required("name").asText() + " "
                        + one.at("/capacity/activeStreams").asInt() + "/"
                        + one.at("/capacity/maxStreams").asInt()));
        return servers;
    }

    private void restart(Map<String, String> environment) {
        server.close();
        server = TestServer.start(folder, clock, environment);
    }

    private JsonNode shortlyBeforeItsDeadline() {
        JsonNode livestream = server.create("a", ",\"expiresIn\":60");
        Instant deadline =
                Instant.parse(livestream.required("pushTokenExpiresAt").asText());
        clock.advance(Duration.between(clock.instant(), deadline).minus(SHORTLY));
        return livestream;
    }

    /// Cuts a publisher, which is told why.
    ///
    /// @return the livestream then
    private JsonNode cut(Cut cut, JsonNode livestream, RtmpEncoder encoder, String words) throws IOException {
        long startNs = System.nanoTime();
        JsonNode answered = switch (cut) {
            case END -> server.end(id(livestream)).data();
            case DELETE -> server.delete("/livestream/" + id(livestream)).data();
            case REVOKE -> {
                generate(livestream, ",\"revokePrevious\":true");
                yield read(livestream);
            }
            case DEADLINE -> {
                clock.advance(SHORTLY);
                yield livestream;
            }
        };
        assertThat(encoder.refusal()).contains(words);
        assertThat(encoder.isClosed()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(CUT);
        return cut == Cut.DEADLINE ? awaitStatus(livestream, "TOKEN_EXPIRED") : answered;
    }

    private RtmpEncoder publishing(JsonNode livestream) throws IOException {
        return publishing(livestream, token(livestream));
    }

    private RtmpEncoder publishing(JsonNode livestream, String token) throws IOException {
        RtmpEncoder encoder = new RtmpEncoder(server.rtmpPort(), streamKey(livestream), token);
        assertThat(encoder.ask()).isInstanceOf(ClientEvent.PublishAccepted.class);
        return encoder;
    }

    private void assertRefused(JsonNode livestream, String token, String code) throws IOException {
        try (RtmpEncoder encoder = new RtmpEncoder(server.rtmpPort(), streamKey(livestream), token)) {
            assertThat(encoder.ask())
                    .isInstanceOfSatisfying(
                            ClientEvent.PublishRefused.class,
                            refused -> assertThat(refused.description()).startsWith(code + ": "));
        }
    }

    private JsonNode generate(JsonNode livestream, String more) {
        return server.post(
                        "/livestream/generate-push-token", "{\"livestreamId\":\"" + id(livestream) + "\"" + more + "}")
                .data();
    }

    private JsonNode read(JsonNode livestream) {
        return server.get("/livestream/" + id(livestream)).data();
    }

    private boolean isConnected(JsonNode livestream) {
        return read(livestream).at("/ingest/connected").asBoolean();
    }

    private JsonNode awaitStatus(JsonNode livestream, String status) {
        return await().until(
                        () -> read(livestream),
                        now -> now.required("status").asText().equals(status));
    }

    private int segments(JsonNode livestream) {
        return mediaPlaylist(livestream).split("#EXTINF", -1).length - 1;
    }

    private String mediaPlaylist(JsonNode livestream) {
        String folder = "//hls/" + streamKey(livestream) + "/";
        Answer multivariant = server.send(server.request(folder + "master.m3u8"));
        String playlist = multivariant.response().body().lines().toList().getLast();
        return server.send(server.request(folder + playlist)).response().body();
    }

    private static String id(JsonNode livestream) {
        return livestream.required("id").asText();
    }

    private static String streamKey(JsonNode livestream) {
        return livestream.required("streamKey").asText();
    }

    private static String token(JsonNode livestream) {
        return livestream.required("pushToken").asText();
    }
}
