package io.lunarstream.fmp4;

import io.lunarstream.media.MediaKind;

/// What is said about a sample's place among the others.
///
/// ```
/// 0000 | is_leading 2 | sample_depends_on 2 | sample_is_depended_on 2 | sample_has_redundancy 2
/// sample_padding_value 3 | sample_is_non_sync_sample 1 | sample_degradation_priority 16
/// ```
///
/// Source: ISO/IEC 14496-12, section 8.8.3.1.
final class SampleFlags {
    /// Depends on no other; a decoder can start here.
    static final int SYNC = 2 << 24;

    /// Depends on others.
    static final int NON_SYNC = (1 << 24) | (1 << 16);

    private SampleFlags() {}

    static int of(boolean sync) {
        return sync ? SYNC : NON_SYNC;
    }

    /// The flags that `trex` gives to samples without flags of their own: all of audio.
    static int defaultOf(MediaKind kind) {
        return of(kind == MediaKind.AUDIO);
    }
}
