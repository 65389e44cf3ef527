package io.lunarstream.media;

/// One elementary stream: one codec, one timescale.
///
/// @param id number of the track within its broadcast, from 1; the `track_ID` of fMP4
/// @param codec codec and codec configuration
/// @param timescale of all times of this track: [Timescale#MPEG] for video, the sampling rate for audio
public record Track(int id, Codec codec, Timescale timescale) {

    public Track {
        if (id < 1) {
            throw new IllegalArgumentException("id must be positive: " + id);
        }
    }

    /// Which kind of media the track carries.
    public MediaKind kind() {
        return codec.kind();
    }
}
