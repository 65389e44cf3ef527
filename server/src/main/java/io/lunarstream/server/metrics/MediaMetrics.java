package io.lunarstream.server.metrics;

import io.lunarstream.server.ingest.IngestRefusals;
import io.lunarstream.server.live.IngestTotals;
import io.lunarstream.server.live.IngestWarning;
import io.lunarstream.server.live.LiveStreams;
import io.lunarstream.server.live.MediaFiles;
import io.lunarstream.server.live.PublishRefusal;
import io.lunarstream.server.origin.OriginTraffic;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// What the media plane counts, under the names of the metrics.
record MediaMetrics(MeterRegistry registry) {

    void streams(LiveStreams live) {
        gauge("lunar_publishers", "Publishers that are connected", live, LiveStreams::publishers);
        gauge("lunar_broadcasts", "Broadcasts, also those whose encoder may come back", live, LiveStreams::broadcasts);
        gauge("lunar_viewers", "Playback sessions", live, LiveStreams::viewers);
        gauge(
                "lunar_waiting_requests",
                "Requests of viewers that wait for a part or a segment",
                live,
                LiveStreams::waiting);
        gauge(
                "lunar_media_memory_bytes",
                "Memory outside the heap that media and sockets use",
                PooledByteBufAllocator.DEFAULT,
                allocator -> allocator.metric().usedDirectMemory());
        gauge(
                "lunar_media_memory_held_bytes",
                "Of that memory, what holds something now; the rest is kept for what comes",
                PooledByteBufAllocator.DEFAULT,
                PooledByteBufAllocator::pinnedDirectMemory);
        for (IngestWarning.Code code : IngestWarning.Code.values()) {
            Gauge.builder("lunar_publishers_warned", live, streams -> streams.warned(code))
                    .description("Publishers whose settings should be mended")
                    .tag("warning", label(code))
                    .register(registry);
        }
    }

    void ingest(IngestTotals totals, IngestRefusals refusals) {
        counter("lunar_ingest_bytes", "Bytes of audio and video received", totals, IngestTotals::bytes);
        counter("lunar_ingest_pictures", "Pictures received", totals, IngestTotals::pictures);
        counter("lunar_ingest_audio_frames", "Audio frames received", totals, IngestTotals::audioFrames);
        counter(
                "lunar_ingest_dropped_pictures",
                "Pictures without a codec configuration or before a keyframe",
                totals,
                IngestTotals::dropped);
        counter("lunar_ingest_timestamp_repairs", "Time stamps that were repaired", totals, IngestTotals::repairs);
        for (PublishRefusal reason : PublishRefusal.values()) {
            refusals(label(reason), refusals, counted -> counted.refused(reason));
        }
        refusals("malformed", refusals, IngestRefusals::malformed);
        refusals("unsupported_codec", refusals, IngestRefusals::unsupported);
        refusals("silent", refusals, IngestRefusals::silent);
        refusals("crowded", refusals, IngestRefusals::crowded);
    }

    void origin(OriginTraffic traffic) {
        for (OriginTraffic.Kind kind : OriginTraffic.Kind.values()) {
            FunctionCounter.builder("lunar_hls_bytes", traffic, counted -> counted.bytes(kind))
                    .description("Bytes of bodies sent to viewers")
                    .tag("kind", kind.label())
                    .register(registry);
            for (int hundreds = 2; hundreds <= 5; hundreds++) {
                int status = hundreds;
                FunctionCounter.builder("lunar_hls_responses", traffic, counted -> counted.responses(kind, status))
                        .description("Responses sent to viewers")
                        .tag("kind", kind.label())
                        .tag("status", hundreds + "xx")
                        .register(registry);
            }
        }
    }

    void disk(MediaFiles files) {
        gauge(
                "lunar_media_disk_failing",
                "1 while media cannot be written to the disk, and are played from memory alone",
                files,
                disk -> disk.failing() ? 1 : 0);
        gauge(
                "lunar_media_disk_waiting_bytes",
                "Bytes of media that wait to be written to the disk",
                files,
                MediaFiles::waitingBytes);
        counter(
                "lunar_media_disk_failures",
                "How many times media could not be written to the disk, or deleted",
                files,
                MediaFiles::failures);
    }

    private void refusals(String reason, IngestRefusals refusals, ToDoubleFunction<IngestRefusals> count) {
        FunctionCounter.builder("lunar_ingest_refusals", refusals, count)
                .description("Connections turned away")
                .tag("reason", reason)
                .register(registry);
    }

    private <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value).description(description).register(registry);
    }

    private <T> void counter(String name, String description, T of, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, of, value).description(description).register(registry);
    }

    private static String label(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
