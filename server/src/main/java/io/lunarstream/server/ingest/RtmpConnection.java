package io.lunarstream.server.ingest;

import io.lunarstream.flv.FlvException;
import io.lunarstream.rtmp.RtmpException;
import io.lunarstream.rtmp.session.PublishAddress;
import io.lunarstream.rtmp.session.PublishRefusalStatus;
import io.lunarstream.rtmp.session.PublishSession;
import io.lunarstream.rtmp.session.SessionEvent;
import io.lunarstream.server.live.Admission;
import io.lunarstream.server.live.PublishDecision;
import io.lunarstream.server.live.PublishPermit;
import io.lunarstream.server.live.PublishRefusal;
import io.lunarstream.server.live.PublishRequest;
import io.lunarstream.server.live.Publisher;
import io.lunarstream.server.live.PublisherCut;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.vertx.core.internal.net.NetSocketInternal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One RTMP connection: gives the socket's bytes to a [PublishSession] and acts on what it says. Lives on the socket's
/// event loop.
///
/// While a publisher is being authorised nothing is read: its bytes wait in the socket.
final class RtmpConnection {

    /// Handshake, connect and publish together may take this long; so may the silence of a publisher.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// How often the patience is looked at.
    private static final Duration WATCH = Duration.ofSeconds(1);

    /// When no look has come for so long, it is this program that stood still, and not the encoder: it was stopped,
    /// moved to another machine, or had no processor.
    private static final Duration STANDSTILL = WATCH.multipliedBy(3);

    /// How long the encoder may take to read why it is cut. Closing at once, with bytes of its own unread, would make
    /// the kernel throw that away.
    private static final Duration LINGER = Duration.ofSeconds(1);

    /// The parameter of the publish address that carries the push token.
    private static final String PUSH_TOKEN = "pushToken";

    private static final Logger LOG = LoggerFactory.getLogger(RtmpConnection.class);

    private final Ingest ingest;
    private final NetSocketInternal socket;
    private final EventLoop loop;
    private final String remoteAddress;
    private final boolean encrypted;
    private final PublishSession session;
    private final PromptAcknowledgements acknowledgements;
    private final Queue<ByteBuf> unread = new ArrayDeque<>();
    private final ScheduledFuture<?> watch;

    private @Nullable MediaReader media;
    private boolean waiting = true;
    private boolean deciding;
    private boolean ending;
    private boolean closed;
    private long lastProgressNs = System.nanoTime();
    private long lastWatchNs = System.nanoTime();

    RtmpConnection(Ingest ingest, NetSocketInternal socket, String remoteAddress, boolean encrypted) {
        this.ingest = ingest;
        this.socket = socket;
        Channel channel = socket.channelHandlerContext().channel();
        this.loop = channel.eventLoop();
        this.acknowledgements = new PromptAcknowledgements(channel);
        this.remoteAddress = remoteAddress;
        this.encrypted = encrypted;
        this.session = new PublishSession(ingest.random(), PooledByteBufAllocator.DEFAULT);
        this.watch = loop.scheduleAtFixedRate(this::watch, WATCH.toMillis(), WATCH.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Takes bytes from the socket, and owns them.
    void received(ByteBuf bytes) {
        if (closed || ending) {
            bytes.release();
            return;
        }
        acknowledgements.read();
        unread.add(bytes);
        read();
    }

    /// The socket is closed.
    void closed() {
        closed = true;
        watch.cancel(false);
        leaveWaiting();
        leavePublisher();
        dropUnread();
        session.close();
    }

    private void read() {
        try {
            while (!deciding && !ending && !closed && !unread.isEmpty()) {
                SessionEvent event = session.read(unread.element());
                if (event instanceof SessionEvent.NeedMoreBytes) {
                    unread.remove().release();
                } else {
                    handle(event);
                }
            }
            flush();
        } catch (RtmpException e) {
            ingest.refusals().countMalformed();
            end(e.getMessage());
        } catch (FlvException e) {
            ingest.refusals().countMalformed();
            refuse(PublishRefusalStatus.REJECTED, "MALFORMED_MEDIA: " + e.getMessage());
        } catch (UnsupportedCodecException e) {
            ingest.refusals().countUnsupported();
            refuse(PublishRefusalStatus.REJECTED, e.description());
        } catch (RuntimeException e) {
            LOG.error("RTMP {}: a fault of ours", remoteAddress, e);
            end("internal error");
        }
    }

    private void handle(SessionEvent event) throws FlvException, UnsupportedCodecException {
        switch (event) {
            case SessionEvent.PublishRequested(PublishAddress address) -> authorize(address);
            case SessionEvent.VideoReceived(long timestampMs, ByteBuf payload) -> {
                lastProgressNs = System.nanoTime();
                if (media != null) {
                    media.video(timestampMs, payload);
                }
            }
            case SessionEvent.AudioReceived(long timestampMs, ByteBuf payload) -> {
                lastProgressNs = System.nanoTime();
                if (media != null) {
                    media.audio(timestampMs, payload);
                }
            }
            case SessionEvent.PublishEnded _ -> {
                lastProgressNs = System.nanoTime();
                if (media != null) {
                    media.publisher().goodbye();
                }
            }
            case SessionEvent.MetadataReceived _, SessionEvent.NeedMoreBytes _ -> {}
        }
    }

    private void authorize(PublishAddress address) {
        deciding = true;
        socket.pause();
        String pushToken = address.parameter(PUSH_TOKEN).orElse("");
        PublishRequest request = new PublishRequest(address.streamKey(), pushToken, remoteAddress);
        ask(request, decision -> decided(request, decision));
    }

    private void ask(PublishRequest request, Consumer<PublishDecision> answer) {
        ingest.authorizer().authorize(request).thenAccept(decision -> loop.execute(() -> answer.accept(decision)));
    }

    private void decided(PublishRequest request, PublishDecision decision) {
        if (closed || ending) {
            return;
        }
        switch (decision) {
            case PublishDecision.Permitted(PublishPermit permit) ->
                ingest.streams().admit(permit, loop, this::cut, admission -> admitted(request, admission));
            case PublishDecision.Refused(PublishRefusal reason) -> turnAway(reason);
        }
    }

    private void admitted(PublishRequest request, Admission admission) {
        switch (admission) {
            case Admission.Refused(PublishRefusal reason) -> turnAway(reason);
            case Admission.Admitted(Publisher publisher) -> {
                if (closed || ending) {
                    publisher.disconnected();
                    return;
                }
                LOG.info("RTMP {}: publishes to stream {}", remoteAddress, publisher.streamKey());
                leavePublisher();
                leaveWaiting();
                media = new MediaReader(publisher, ingest.clock());
                if (encrypted) {
                    publisher.encrypted();
                }
                session.acceptPublish();
                goOn();
                ask(request, decision -> decidedAgain(publisher, decision));
            }
        }
    }

    /// A token that was revoked, or a deadline that was moved, while its publisher was on the way in found nobody to
    /// cut or to tell. So the question is asked again once the publisher can be found. A token that has expired
    /// since was good when it was shown: its publisher goes on until the livestream's deadline.
    private void decidedAgain(Publisher publisher, PublishDecision decision) {
        switch (decision) {
            case PublishDecision.Permitted(PublishPermit permit) ->
                ingest.streams().moveDeadline(permit.streamKey(), permit.deadline());
            case PublishDecision.Refused(PublishRefusal reason) -> {
                switch (reason) {
                    case INVALID_PUSH_TOKEN, TOKEN_MISMATCH -> publisher.revoked();
                    case EXPIRED_PUSH_TOKEN, STREAM_IN_USE, SERVER_FULL, SERVER_DRAINING, UNAVAILABLE -> {}
                }
            }
        }
    }

    private void turnAway(PublishRefusal reason) {
        deciding = false;
        socket.resume();
        ingest.refusals().countRefused(reason);
        refuse(status(reason), reason.description());
    }

    private void goOn() {
        deciding = false;
        lastProgressNs = System.nanoTime();
        socket.resume();
        read();
    }

    private void cut(PublisherCut reason) {
        refuse(PublishRefusalStatus.REJECTED, reason.description());
    }

    /// Tells the encoder why it may not publish, and closes the connection once it can have read that.
    private void refuse(PublishRefusalStatus status, String description) {
        if (!closed && !ending) {
            session.refusePublish(status, description);
            end(description);
        }
    }

    private void end(String reason) {
        LOG.info("RTMP {}: closed: {}", remoteAddress, reason);
        end();
    }

    /// For what strangers can do in masses, and what is counted: the log is not theirs to fill.
    private void endQuietly(String reason) {
        LOG.debug("RTMP {}: closed: {}", remoteAddress, reason);
        end();
    }

    private void end() {
        ending = true;
        flush();
        leavePublisher();
        dropUnread();
        ScheduledFuture<?> _ = loop.schedule(() -> socket.close(), LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// After a standstill of our own, what the encoder has sent meanwhile waits in the socket, unread.
    private void watch() {
        long nowNs = System.nanoTime();
        if (nowNs - lastWatchNs > STANDSTILL.toNanos()) {
            lastProgressNs = nowNs;
        }
        lastWatchNs = nowNs;
        boolean impatient = nowNs - lastProgressNs > PATIENCE.toNanos();
        if (impatient && !ending) {
            ingest.refusals().countSilent();
            if (media == null) {
                endQuietly("did not publish within 10 s");
            } else {
                end("sent nothing for 10 s");
            }
        }
    }

    private void flush() {
        if (session.hasOutput()) {
            ByteBuf output = PooledByteBufAllocator.DEFAULT.directBuffer();
            session.writeOutput(output);
            socket.writeMessage(output);
        }
        Channel channel = socket.channelHandlerContext().channel();
        if (!ending && channel.isActive() && !channel.isWritable()) {
            end("does not read what it is sent");
        }
    }

    private void leavePublisher() {
        if (media != null) {
            media.publisher().disconnected();
            media = null;
        }
    }

    private void leaveWaiting() {
        if (waiting) {
            waiting = false;
            ingest.waiting().remove(remoteAddress);
        }
    }

    private void dropUnread() {
        unread.forEach(ByteBuf::release);
        unread.clear();
    }

    private static PublishRefusalStatus status(PublishRefusal reason) {
        return switch (reason) {
            case INVALID_PUSH_TOKEN, EXPIRED_PUSH_TOKEN, TOKEN_MISMATCH -> PublishRefusalStatus.DENIED;
            case STREAM_IN_USE -> PublishRefusalStatus.BAD_NAME;
            case SERVER_FULL, SERVER_DRAINING, UNAVAILABLE -> PublishRefusalStatus.REJECTED;
        };
    }
}
