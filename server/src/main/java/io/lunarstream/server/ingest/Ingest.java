package io.lunarstream.server.ingest;

import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.live.PublishAuthorizer;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What every RTMP connection needs.
///
/// @param authorizer decides who may publish
/// @param streams where publishers are admitted to
/// @param clock when samples arrive
/// @param random for handshakes; shared by event loops, so it must be safe for that
/// @param waiting counts the connections that do not publish yet
record Ingest(
        PublishAuthorizer authorizer,
        LiveStreams streams,
        InstantSource clock,
        RandomGenerator random,
        WaitingConnections waiting) {}
