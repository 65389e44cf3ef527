package io.lunarstream.bench.soak;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.bench.soak.Partner.Call;
import io.lunarstream.rtmp.session.PublishTarget;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A place for one livestream after the other, each with its encoder: does what the schedule says, and checks what
/// becomes of it. For one thread; what is on is for all.
final class Stage {
    private static final Duration LONG_TOKEN = Duration.ofHours(1);

    /// The shortest that the API gives is a minute; a broadcast needs some time for what happens in it.
    private static final Duration SHORT_TOKEN = Duration.ofSeconds(90);

    /// A token that ends so soon is of no use any more for who wants to return with it.
    private static final Duration NEAR_EXPIRY = Duration.ofSeconds(20);

    private static final int LEAST_AWAY_MS = 500;
    private static final int MOST_AWAY_MS = 8_000;
    private static final int LEAST_PAUSE_MS = 2_000;

    /// Below the 10 s after which a silent publisher is given up.
    private static final int MOST_PAUSE_MS = 6_000;

    private static final int MOST_JUMP_MS = 20_000;
    private static final int GARBAGE_BYTES = 64 << 10;

    private final int number;
    private final Partner partner;
    private final Findings findings;
    private final List<Footage> footage;
    private final Consumer<Show> audience;
    private final BroadcastModel model;
    private volatile @Nullable Show show;
    private @Nullable Encoder encoder;
    private PublishTarget target = new PublishTarget(false, "127.0.0.1", 1, "live", "none");
    private Instant deadline = Instant.EPOCH;
    private int shown;
    private int footageNumber;

    /// @param audience learns of each show at its beginning
    Stage(int number, Partner partner, Findings findings, List<Footage> footage, Consumer<Show> audience) {
        this.number = number;
        this.partner = partner;
        this.findings = findings;
        this.footage = footage;
        this.audience = audience;
        this.model = new BroadcastModel(partner, findings);
    }

    /// What is on, if anything.
    Optional<Show> show() {
        return Optional.ofNullable(show).filter(now -> !now.isOver());
    }

    /// Where encoders of what is on go; holds a secret.
    PublishTarget target() {
        return target;
    }

    void perform(Event<EncoderAct> event) throws IOException, InterruptedException {
        switch (event.kind()) {
            case BEGIN, BEGIN_WITH_SHORT_TOKEN -> {
                begin(event.kind() == EncoderAct.BEGIN ? LONG_TOKEN : SHORT_TOKEN);
                count(event.kind());
            }
            default -> {
                Show now = show;
                Encoder sending = encoder;
                if (now == null || sending == null || now.isOver()) {
                    findings.count("encoder: left out, as nothing was on");
                } else if (sending.isOver()) {
                    findings.fail(name(now), "the encoder was thrown out: " + sending.awaitEnd(Duration.ZERO));
                    now.finish();
                } else {
                    performOnAir(event, now, sending);
                }
            }
        }
    }

    private void performOnAir(Event<EncoderAct> event, Show now, Encoder sending)
            throws IOException, InterruptedException {
        boolean ending = event.kind().name().startsWith("END_");
        if (!ending && Instant.now().plus(NEAR_EXPIRY).isAfter(deadline)) {
            findings.count("encoder: left out, as the token was about to expire");
        } else {
            perform(event, now, sending);
            count(event.kind());
        }
    }

    private void count(EncoderAct act) {
        findings.count("encoder: " + act.words());
    }

    private void perform(Event<EncoderAct> event, Show now, Encoder sending) throws IOException, InterruptedException {
        RandomGenerator random = event.random();
        switch (event.kind()) {
            case BEGIN, BEGIN_WITH_SHORT_TOKEN -> throw new IllegalArgumentException("this one is on already");
            case CLOSE_AND_RETURN -> {
                now.unsteady();
                sending.close();
                returnAfter(random, now);
            }
            case RESET_AND_RETURN -> {
                now.unsteady();
                sending.reset();
                returnAfter(random, now);
            }
            case CUT_IN_MESSAGE_AND_RETURN -> {
                now.unsteady();
                sending.cutInMessage();
                sending.close();
                returnAfter(random, now);
            }
            case GARBAGE_AND_RETURN -> garbage(random, now, sending);
            case GOODBYE_AND_RETURN -> {
                endByGoodbye(now, sending);
                publish(now);
                model.awaitStarted(now);
            }
            case TAKE_OVER -> takeOver(now, sending);
            case JUMP -> odd(now, () -> sending.jump(random.nextInt(-MOST_JUMP_MS, MOST_JUMP_MS)));
            case CHANGE_CODEC -> odd(now, () -> sending.change(otherFootage()));
            case PAUSE -> pause(random, now, sending);
            case RENEW_TOKEN -> renew(now, sending);
            case REVOKE_TOKENS -> revoke(now, sending);
            case WRONG_TOKEN -> wrongToken(random, now, sending);
            case END_BY_GOODBYE -> {
                endByGoodbye(now, sending);
                now.finish();
            }
            case END_BY_API -> {
                now.unsteady();
                partner.expect(200, Call.of("POST", "/livestream/" + now.id() + "/end"));
                model.requireCut(now, sending);
                model.awaitEnded(now, "ENDED", "api_ended", Duration.ZERO);
                now.finish();
            }
            case END_BY_DELETION -> {
                now.delete();
                partner.expect(200, Call.of("DELETE", "/livestream/" + now.id()));
                model.requireCut(now, sending);
                partner.expect(404, Call.of("GET", "/livestream/" + now.id()));
            }
            case END_BY_ABSENCE -> {
                now.unsteady();
                sending.close();
                model.awaitEnded(now, "ENDED", "reconnect_timeout", BroadcastModel.RECONNECT_WINDOW);
                now.finish();
            }
            case END_BY_EXPIRY -> {
                now.unsteady();
                Duration left = Duration.between(Instant.now(), deadline);
                model.requireCut(now, sending, left.isNegative() ? Duration.ZERO : left);
                model.awaitEnded(now, "TOKEN_EXPIRED", "token_expired", Duration.ZERO);
                now.finish();
            }
        }
    }

    /// Ends what is on, because the soak is over.
    void close() throws InterruptedException {
        Show now = show;
        if (now != null && !now.isOver()) {
            now.unsteady();
            partner.expect(List.of(200, 409), Call.of("POST", "/livestream/" + now.id() + "/end"));
            now.finish();
        }
        if (encoder != null) {
            encoder.close();
        }
    }

    private void begin(Duration tokenLife) throws InterruptedException {
        String name = "stage " + number + ", show " + ++shown;
        JsonNode made = partner.expect(201, Call.post("/livestream", partner.creation(name, tokenLife)))
                .required("data");
        Show begun = new Show(
                made.required("id").textValue(), made.required("streamKey").textValue());
        take(made, tokenLife);
        show = begun;
        audience.accept(begun);
        publish(begun);
        model.awaitStarted(begun);
    }

    private void take(JsonNode made, Duration tokenLife) {
        String address = made.required("rtmpServer").textValue() + "/"
                + made.required("streamKeyWithToken").textValue();
        target = PublishTarget.parse(address.replace("localhost", "127.0.0.1"));
        deadline = Instant.now().plus(tokenLife);
    }

    private void publish(Show now) throws InterruptedException {
        Encoder connected = Encoder.connect(target, footage.get(footageNumber));
        encoder = connected;
        Optional<String> refusal = connected.awaitAnswer();
        if (refusal.isPresent()) {
            findings.fail(name(now), "an encoder with a valid token was refused: " + refusal.get());
        } else {
            now.steady();
        }
    }

    private void returnAfter(RandomGenerator random, Show now) throws InterruptedException {
        Thread.sleep(random.nextInt(LEAST_AWAY_MS, MOST_AWAY_MS));
        publish(now);
    }

    private void garbage(RandomGenerator random, Show now, Encoder sending) throws InterruptedException {
        now.unsteady();
        byte[] bytes = new byte[GARBAGE_BYTES];
        random.nextBytes(bytes);
        sending.sendGarbage(bytes);
        model.requireGivenUp(now, sending);
        returnAfter(random, now);
    }

    private void endByGoodbye(Show now, Encoder sending) throws IOException, InterruptedException {
        now.unsteady();
        sending.goodbye();
        model.awaitEnded(now, "ENDED", "client_stopped", Duration.ZERO);
    }

    private void takeOver(Show now, Encoder sending) throws InterruptedException {
        now.unsteady();
        publish(now);
        model.requireCut(now, sending);
    }

    private void pause(RandomGenerator random, Show now, Encoder sending) throws InterruptedException {
        now.unsteady();
        Duration length = Duration.ofMillis(random.nextInt(LEAST_PAUSE_MS, MOST_PAUSE_MS));
        sending.pause(length);
        Thread.sleep(length);
        now.steady();
    }

    private void renew(Show now, Encoder sending) throws InterruptedException {
        take(newToken(now, /* revokePrevious= */ false), LONG_TOKEN);
        if (sending.isOver()) {
            findings.fail(name(now), "a new token ended the broadcast");
        }
    }

    private void revoke(Show now, Encoder sending) throws InterruptedException {
        now.unsteady();
        JsonNode made = newToken(now, /* revokePrevious= */ true);
        model.requireCut(now, sending);
        take(made, LONG_TOKEN);
        publish(now);
        model.awaitStarted(now);
    }

    private JsonNode newToken(Show now, boolean revokePrevious) throws InterruptedException {
        return partner.expect(
                        201,
                        Call.post(
                                "/livestream/generate-push-token",
                                Map.of("livestreamId", now.id(), "revokePrevious", revokePrevious)))
                .required("data");
    }

    /// A token whose signature is broken, or none.
    private void wrongToken(RandomGenerator random, Show now, Encoder sending) throws InterruptedException {
        String name = random.nextBoolean() ? now.streamKey() : target.streamName() + "x";
        PublishTarget wrong = new PublishTarget(false, target.host(), target.port(), target.app(), name);
        try (Encoder intruder = Encoder.connect(wrong, footage.getFirst())) {
            String answer = intruder.awaitAnswer().orElse("");
            if (!answer.contains("INVALID_PUSH_TOKEN")) {
                findings.fail(name(now), "an encoder with a wrong token is answered \"" + answer + "\"");
            }
        }
        if (sending.isOver()) {
            findings.fail(name(now), "an encoder with a wrong token ended the broadcast");
        }
    }

    /// Something after which playlists need some time.
    private static void odd(Show now, Oddity oddity) throws IOException {
        now.unsteady();
        oddity.happen();
        now.steady();
    }

    /// What an encoder does on its connection.
    @FunctionalInterface
    private interface Oddity {
        void happen() throws IOException;
    }

    private Footage otherFootage() {
        footageNumber = (footageNumber + 1) % footage.size();
        return footage.get(footageNumber);
    }

    private String name(Show now) {
        return "stage " + number + ", livestream " + now.streamKey();
    }
}
