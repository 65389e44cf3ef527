package io.lunarstream.server.pushauth;

import io.lunarstream.server.http.Values;
import io.lunarstream.server.livestream.ForeignBroadcasts.Connection;
import java.util.Optional;

/// What ZLMediaKit posts: JSON that does not say which hook it is, and is known by what only that hook tells.
///
/// | hook | known by | comes |
/// |---|---|---|
/// | `on_publish` | `id` and `originType` | before a publisher is let in; only its answer is heeded |
/// | `on_record_ts` | `time_len`, and no `id` | with every segment, if `hls.broadcastRecordTs` is set |
/// | `on_flow_report` | `id` and `totalBytes` | when a connection is gone that brought `general.flowThreshold` KB |
///
/// `originType` is there since March 2022. `on_flow_report` also comes for viewers, and for a publisher whom ZLMediaKit
/// turns away itself because the stream is there already.
///
/// Source: ZLMediaKit of August 2026 (fdaec260), `server/WebHook.cpp`, `src/Rtmp/RtmpSession.cpp`.
final class ZlmediakitPayload {
    private ZlmediakitPayload() {}

    /// Empty for any other JSON, and for hooks that tell nothing of publishers.
    static Optional<Hook> read(Payload payload) {
        if (!payload.has("mediaServerId")) {
            return Optional.empty();
        }
        if (!payload.has("id")) {
            return payload.has("time_len") ? Optional.of(segment(payload)) : Optional.empty();
        }
        if (payload.has("totalBytes")) {
            return Optional.of(new Hook.Done(connection(payload)));
        }
        return payload.has("originType") ? Optional.of(new Hook.Publish(connection(payload))) : Optional.empty();
    }

    private static Hook segment(Payload payload) {
        String streamKey = payload.text("stream");
        Values values = new Values();
        values.searchText("stream", streamKey);
        values.check();
        return new Hook.StreamSegment(payload.mediaServerId(), streamKey);
    }

    private static Connection connection(Payload payload) {
        return payload.connection("stream", payload.pushTokenIn("params"), "id");
    }
}
