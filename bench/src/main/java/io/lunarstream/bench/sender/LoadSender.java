package io.lunarstream.bench.sender;

import io.lunarstream.rtmp.session.PublishClient;
import io.lunarstream.rtmp.session.PublishTarget;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Publishes one clip to many addresses at once, on one thread, and tells every few seconds how it goes.
///
/// ```
/// LoadSender CLIP.flv LOOP_MS SECONDS RAMP_SECONDS
/// ```
///
/// Says `ready`, then reads addresses from standard input, where no process list shows their tokens: one a line, up
/// to an empty line.
///
/// Ends with 0 if every publisher was let in and none was lost, otherwise with 1.
public final class LoadSender {
    /// Its first line.
    public static final String READY = "ready";

    private static final long REPORT_SECONDS = 5;

    private final RandomGenerator random = new SecureRandom();
    private final SenderCounts counts = new SenderCounts();
    private final RecordedLoop loop;
    private final EventLoopGroup group;

    private LoadSender(RecordedLoop loop, EventLoopGroup group) {
        this.loop = loop;
        this.group = group;
    }

    /// Sends until its time is over.
    ///
    /// @param args see [LoadSender]
    /// @throws IOException if the clip or the addresses cannot be read
    public static void main(String... args) throws IOException, InterruptedException {
        RecordedLoop loop = ClipFile.loop(Path.of(args[0]), Integer.parseInt(args[1]));
        long seconds = Long.parseLong(args[2]);
        long rampMs = TimeUnit.SECONDS.toMillis(Long.parseLong(args[3]));
        System.out.println(READY);
        List<String> addresses = addresses();
        boolean allWell;
        try (EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
            LoadSender sender = new LoadSender(loop, group);
            sender.start(addresses, rampMs);
            TimeUnit.SECONDS.sleep(seconds);
            allWell = sender.allWell();
        }
        System.exit(allWell ? 0 : 1);
    }

    private static List<String> addresses() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            return in.lines().takeWhile(line -> !line.isBlank()).toList();
        }
    }

    private void start(List<String> addresses, long rampMs) {
        for (int i = 0; i < addresses.size(); i++) {
            PublishTarget target = PublishTarget.parse(addresses.get(i));
            long delayMs = rampMs * i / addresses.size();
            Future<?> _ = group.schedule(() -> connect(target), delayMs, TimeUnit.MILLISECONDS);
        }
        Future<?> _ = group.scheduleAtFixedRate(this::report, REPORT_SECONDS, REPORT_SECONDS, TimeUnit.SECONDS);
    }

    private void connect(PublishTarget target) {
        PublishClient client = new PublishClient(target, random, PooledByteBufAllocator.DEFAULT);
        ChannelFuture connection = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .handler(new LoopSender(client, loop, counts))
                .connect(target.host(), target.port());
        connection.addListener(made -> {
            if (!made.isSuccess()) {
                counts.refused();
            }
        });
    }

    private void report() {
        System.out.println(counts.report());
    }

    private boolean allWell() {
        try {
            return group.submit(() -> {
                        report();
                        return counts.allWell();
                    })
                    .get();
        } catch (Exception e) {
            throw new IllegalStateException("the senders cannot be asked", e);
        }
    }
}
