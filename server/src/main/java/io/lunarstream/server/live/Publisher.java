package io.lunarstream.server.live;

import io.lunarstream.hls.Frame;
import io.lunarstream.media.Codec;
import io.lunarstream.media.MediaKind;
import io.lunarstream.media.TrackKey;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/// A publisher that was let in, as its live stream sees it. Called on the publisher's event loop; what comes after it
/// was cut or replaced is ignored.
public final class Publisher {

    private enum State {
        SENDING,
        SAID_GOODBYE,
        GONE
    }

    private final LiveStream stream;
    private final PublishPermit permit;
    private final ScheduledExecutorService loop;
    private final Consumer<PublisherCut> connection;
    private final IngestMeter meter;
    private State state = State.SENDING;

    /// @param loop the event loop of the connection, from now on also that of the stream
    /// @param connection tells the encoder why it is cut, and closes the connection
    Publisher(
            LiveStream stream, PublishPermit permit, ScheduledExecutorService loop, Consumer<PublisherCut> connection) {
        this.stream = stream;
        this.permit = permit;
        this.loop = loop;
        this.connection = connection;
        this.meter = new IngestMeter(stream.ingestTotals());
    }

    /// Whether it has the stream: it has not said goodbye, nor was it cut.
    public boolean isSending() {
        return state == State.SENDING;
    }

    /// A codec configuration has come.
    public void configuration(TrackKey track, Codec codec) {
        if (state == State.SENDING) {
            meter.configuration(track, codec);
            stream.configuration(track, codec);
            tell(true);
        }
    }

    /// A frame has come.
    public void frame(Frame frame) {
        if (state == State.SENDING) {
            stream.frame(frame);
            tell(meter.frame(frame));
        }
    }

    /// A track is left out, because its codec is not supported.
    public void leftOut(MediaKind kind, String codec) {
        meter.leftOut(kind, codec);
    }

    /// A track is left out, because there are too many of its kind.
    public void furtherTrackLeftOut() {
        tell(meter.furtherTrackLeftOut());
    }

    /// It comes over RTMPS.
    public void encrypted() {
        meter.encrypted();
        tell(true);
    }

    /// The stream key that it publishes to.
    public String streamKey() {
        return permit.streamKey();
    }

    /// The encoder has said goodbye. The connection may close now or go on with another publish, by a new publisher.
    public void goodbye() {
        if (state == State.SENDING) {
            state = State.SAID_GOODBYE;
            stream.goodbye(this);
        }
    }

    /// Its token turns out to have been revoked: ends the broadcast that it has begun or taken over, and so cuts it.
    public void revoked() {
        if (state == State.SENDING) {
            stream.end(EndReason.TOKEN_REVOKED);
        }
    }

    /// The connection is gone, with or without a goodbye.
    public void disconnected() {
        State before = state;
        state = State.GONE;
        switch (before) {
            case SENDING -> stream.lost(this);
            case SAID_GOODBYE -> stream.closedAfterGoodbye(this);
            case GONE -> {}
        }
    }

    /// Tells what is known of it now, unless it has just been cut.
    private void tell(boolean isNew) {
        if (isNew && state == State.SENDING) {
            stream.measured(this);
        }
    }

    PublishPermit permit() {
        return permit;
    }

    ScheduledExecutorService loop() {
        return loop;
    }

    IngestMeter meter() {
        return meter;
    }

    /// Takes the stream away from this publisher, tells its encoder why, and closes its connection.
    void cut(PublisherCut reason) {
        state = State.GONE;
        connection.accept(reason);
    }
}
