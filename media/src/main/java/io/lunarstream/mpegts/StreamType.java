package io.lunarstream.mpegts;

import io.lunarstream.media.Codec;
import java.util.Optional;

/// What an elementary stream holds, as the PMT and its PES packets say it.
///
/// Source: ISO/IEC 13818-1, tables 2-34 (`stream_type`) and 2-22 (`stream_id`).
enum StreamType {
    AVC(0x1B, 0xE0),
    AAC_ADTS(0x0F, 0xC0);

    private final int id;
    private final int streamId;

    StreamType(int id, int streamId) {
        this.id = id;
        this.streamId = streamId;
    }

    /// The type of a codec's streams; empty if we carry none in MPEG-TS, because players of this form know none.
    static Optional<StreamType> of(Codec codec) {
        return switch (codec) {
            case Codec.H264 _ -> Optional.of(AVC);
            case Codec.Aac _ -> Optional.of(AAC_ADTS);
            case Codec.Hevc _, Codec.Av1 _, Codec.Vp9 _, Codec.Opus _, Codec.Flac _, Codec.Ac3 _ -> Optional.empty();
        };
    }

    int id() {
        return id;
    }

    /// `stream_id` of the first stream of this type.
    int streamId() {
        return streamId;
    }
}
