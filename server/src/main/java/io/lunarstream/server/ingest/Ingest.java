package io.lunarstream.server.ingest;

import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.live.PublishAuthorizer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What every RTMP connection needs.
public final class Ingest {
    private final PublishAuthorizer authorizer;
    private final LiveStreams streams;
    private final InstantSource clock;
    private final RandomGenerator random = new SecureRandom();
    private final WaitingConnections waiting = new WaitingConnections();
    private final IngestRefusals refusals = new IngestRefusals();
    private final Crowds crowds = new Crowds(refusals);

    /// @param authorizer decides who may publish
    /// @param streams where publishers are admitted to
    /// @param clock when samples arrive
    public Ingest(PublishAuthorizer authorizer, LiveStreams streams, InstantSource clock) {
        this.authorizer = authorizer;
        this.streams = streams;
        this.clock = clock;
    }

    /// Whom the port has turned away.
    public IngestRefusals refusals() {
        return refusals;
    }

    PublishAuthorizer authorizer() {
        return authorizer;
    }

    LiveStreams streams() {
        return streams;
    }

    InstantSource clock() {
        return clock;
    }

    /// For handshakes; safe for all event loops.
    RandomGenerator random() {
        return random;
    }

    /// Counts the connections that do not publish yet, on all event loops.
    WaitingConnections waiting() {
        return waiting;
    }

    /// Notes connections that are closed because there are too many of their address.
    Crowds crowds() {
        return crowds;
    }
}
