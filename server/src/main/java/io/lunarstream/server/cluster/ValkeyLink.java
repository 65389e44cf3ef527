package io.lunarstream.server.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Two connections to Valkey, one for commands and one for messages, that live and die together.
///
/// The library's own pool is not used: it would take back a connection on which answers are outstanding.
final class ValkeyLink implements AutoCloseable {
    /// How long connecting, and the proof that it works, may take each.
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /// Tells the beginning of a message from that of an answer to `SUBSCRIBE`.
    private static final String MESSAGE = "message";

    /// More than all requests at work send at a time.
    private static final int MAX_UNANSWERED = 4096;

    /// Written to prove that Valkey takes changes: a replica, or one that is full, would answer but not count.
    private static final String PROBE_KEY = Valkey.PREFIX + "probe";

    private final Redis client;
    private final Consumer<String> heard;
    private final String name = UUID.randomUUID().toString();
    private final RedisConnection commands;
    private long beats;
    private volatile Beat beat = new Beat("", new CompletableFuture<>());

    /// A heartbeat that is under way.
    private record Beat(String text, CompletableFuture<Void> arrived) {}

    private ValkeyLink(Redis client, Consumer<String> heard)
            throws InterruptedException, ExecutionException, TimeoutException {
        this.client = client;
        this.heard = heard;
        this.commands = await(client.connect());
        RedisConnection messages = await(client.connect());
        messages.handler(this::take);
        await(messages.send(Request.cmd(Command.SUBSCRIBE).arg(Valkey.CHANNEL)));
    }

    /// Connects, and proves that commands are obeyed and messages arrive.
    ///
    /// @param heard takes the text of every message on an event loop, heartbeats of other nodes among them
    static ValkeyLink open(Vertx vertx, ValkeyAddress address, Consumer<String> heard)
            throws InterruptedException, ExecutionException, TimeoutException {
        Redis client = Redis.createClient(vertx, options(address));
        try {
            ValkeyLink link = new ValkeyLink(client, heard);
            link.prove();
            return link;
        } catch (InterruptedException | ExecutionException | TimeoutException | RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private static RedisOptions options(ValkeyAddress address) {
        NetClientOptions sockets = new NetClientOptions()
                .setConnectTimeout((int) TIMEOUT.toMillis())
                .setTcpNoDelay(true)
                .setSsl(address.isEncrypted())
                .setHostnameVerificationAlgorithm("HTTPS");
        RedisOptions options = new RedisOptions()
                .setNetClientOptions(sockets)
                .setConnectionString(address.url().toString())
                .setMaxWaitingHandlers(MAX_UNANSWERED);
        address.user().ifPresent(options::setUser);
        address.password().ifPresent(options::setPassword);
        return options;
    }

    /// Sends a command. Safe to call from any thread; never waits.
    Future<@Nullable Response> send(Request command) {
        return commands.send(command);
    }

    /// Returns if Valkey takes changes and what is published arrives here.
    void prove() throws InterruptedException, ExecutionException, TimeoutException {
        Beat next = new Beat(ChangeFormat.heartbeat(name, ++beats), new CompletableFuture<>());
        beat = next;
        await(send(Request.cmd(Command.SET).arg(PROBE_KEY).arg(name).arg("PX").arg(TIMEOUT.toMillis())));
        await(send(Request.cmd(Command.PUBLISH).arg(Valkey.CHANNEL).arg(next.text())));
        next.arrived().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void take(Response message) {
        boolean isMulti = message.type() == ResponseType.PUSH || message.type() == ResponseType.MULTI;
        if (!isMulti || message.size() != 3 || !MESSAGE.equals(message.get(0).toString())) {
            return;
        }
        String text = message.get(2).toString();
        Beat expected = beat;
        if (text.equals(expected.text())) {
            expected.arrived().complete(null);
        } else {
            heard.accept(text);
        }
    }

    private static <T extends @Nullable Object> T await(Future<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Closes both connections, whatever is under way on them; does not wait.
    @Override
    public void close() {
        client.close();
    }
}
