package io.lunarstream.bench.soak;

import io.lunarstream.bench.soak.Reading.Quantity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Whether the server has come back to where it was before anybody came.
///
/// @param first what it held then
/// @param sockets how many it had open then
/// @param files those that its data directory had then
record Rest(ServerMeter meter, Reading first, long sockets, List<Path> files) {
    /// An ended playlist is kept for 5 minutes; a minute more for a machine that is slow.
    private static final Duration TIME_TO_REST = Duration.ofMinutes(6);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private static final List<String> GAUGES =
            List.of("lunar_publishers", "lunar_broadcasts", "lunar_viewers", "lunar_waiting_requests");

    /// Memory that is kept for later is not among them: JVM and buffer pool give it back when they like.
    private static final List<Quantity> QUANTITIES =
            List.of(Quantity.HEAP, Quantity.HELD, Quantity.FILE_DESCRIPTORS, Quantity.THREADS);

    /// The database's own files come and go.
    private static final String DATABASE = "lunar.db";

    Rest {
        files = List.copyOf(files);
    }

    /// Takes note of the rest before anything begins.
    static Rest before(ServerMeter meter) throws IOException, InterruptedException {
        Reading first = meter.read(Duration.ZERO);
        return new Rest(meter, first, sockets(meter), meter.files());
    }

    /// Waits until everything is as it was.
    ///
    /// @param growth gets a reading at each look
    /// @return what is not, in the end
    List<String> await(Findings findings, Growth growth) throws IOException, InterruptedException {
        long startNs = System.nanoTime();
        while (true) {
            Reading now = meter.read(findings.elapsed());
            List<String> differences = differences(now);
            boolean late = System.nanoTime() - startNs > TIME_TO_REST.toNanos();
            if (differences.isEmpty() || late) {
                growth.addAtRest(now);
                return differences;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private List<String> differences(Reading now) throws IOException, InterruptedException {
        List<String> differences = new ArrayList<>();
        for (String gauge : GAUGES) {
            double value = meter.gauge(gauge);
            if (value != 0) {
                differences.add("%s is %.0f".formatted(gauge, value));
            }
        }
        long socketsNow = sockets(meter);
        if (socketsNow > sockets) {
            differences.add("%d sockets are open, %d more than at first".formatted(socketsNow, socketsNow - sockets));
        }
        for (Path file : meter.files()) {
            if (!files.contains(file) && !file.toString().startsWith(DATABASE)) {
                differences.add("the file " + file + " is left");
            }
        }
        for (Quantity quantity : QUANTITIES) {
            double most = quantity.mostAtRest(first.of(quantity));
            if (now.of(quantity) > most) {
                differences.add("%s: %.1f %s, and may be %.1f"
                        .formatted(quantity.words(), now.of(quantity), quantity.unit(), most));
            }
        }
        return differences;
    }

    private static long sockets(ServerMeter meter) throws IOException {
        return meter.descriptors().stream()
                .filter(target -> target.startsWith("socket:"))
                .count();
    }
}
