package io.lunarstream.server.live;

import io.lunarstream.hls.GenerationState;
import io.lunarstream.server.live.StoredMedia.FileRegion;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/// What the journal keeps of a generation as of its newest segment.
///
/// @param livestreamId whose it is
/// @param states what each of its renditions lists; at least one
/// @param endedAtMs when it ended, in milliseconds since 1970; absent while it goes on
/// @param leavingSegments those that are listed no longer, by their names without an extension
/// @param leavingParts parts that are listed no longer
record GenerationRecord(
        UUID livestreamId,
        List<GenerationState> states,
        OptionalLong endedAtMs,
        List<Leaving> leavingSegments,
        List<Leaving> leavingParts) {

    /// Something that is listed no longer and can still be fetched.
    ///
    /// @param untilMs until when, in milliseconds since 1970
    /// @param name its name
    record Leaving(long untilMs, String name) {}

    /// Where some media lie.
    ///
    /// @param name in addresses
    /// @param bytes how many they are
    /// @param file name of the file
    /// @param offset of the first byte in it
    record Place(String name, int bytes, String file, long offset) {

        /// Where something has been written.
        static Place of(String name, int bytes, FileRegion region) {
            return new Place(name, bytes, String.valueOf(region.path().getFileName()), region.offset());
        }
    }

    GenerationRecord {
        states = List.copyOf(states);
        leavingSegments = List.copyOf(leavingSegments);
        leavingParts = List.copyOf(leavingParts);
    }
}
