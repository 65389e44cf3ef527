package io.lunarstream.rtmp.session;

import io.lunarstream.rtmp.amf.AmfValue.AmfProperties;
import io.netty.buffer.ByteBuf;

/// What a publisher did next.
public sealed interface SessionEvent {

    /// Nothing that concerns the caller; all bytes were taken: feed more.
    record NeedMoreBytes() implements SessionEvent {}

    /// It wants to publish. The caller decides and calls `acceptPublish` or `refusePublish` before it reads on.
    ///
    /// @param address where to
    record PublishRequested(PublishAddress address) implements SessionEvent {}

    /// A video message.
    ///
    /// @param timestampMs milliseconds, 0 to 2^32 - 1, wrapping
    /// @param payload the body of an FLV video tag, maybe empty: a view, valid until the next `read`
    record VideoReceived(long timestampMs, ByteBuf payload) implements SessionEvent {}

    /// An audio message.
    ///
    /// @param timestampMs milliseconds, 0 to 2^32 - 1, wrapping
    /// @param payload the body of an FLV audio tag, maybe empty: a view, valid until the next `read`
    record AudioReceived(long timestampMs, ByteBuf payload) implements SessionEvent {}

    /// What the encoder says about its stream (`onMetaData`); not to be relied on.
    ///
    /// @param metadata such as `width`, `videocodecid`, `encoder`
    record MetadataReceived(AmfProperties metadata) implements SessionEvent {}

    /// It said goodbye. It may ask to publish again, or close the connection.
    record PublishEnded() implements SessionEvent {}
}
