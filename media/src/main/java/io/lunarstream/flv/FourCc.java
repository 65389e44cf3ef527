package io.lunarstream.flv;

import io.lunarstream.media.MediaKind;
import java.util.Optional;

/// The codecs that an enhanced tag can name and that are carried. Source: Enhanced RTMP v2.
public enum FourCc {
    HVC1(MediaKind.VIDEO, "hvc1"),
    /// In no specification of FLV; parameter sets may be among the pictures, which we allow in any case.
    HEV1(MediaKind.VIDEO, "hev1"),
    AV01(MediaKind.VIDEO, "av01"),
    VP09(MediaKind.VIDEO, "vp09"),
    AVC1(MediaKind.VIDEO, "avc1"),
    OPUS(MediaKind.AUDIO, "Opus"),
    FLAC(MediaKind.AUDIO, "fLaC"),
    AC_3(MediaKind.AUDIO, "ac-3"),
    MP4A(MediaKind.AUDIO, "mp4a");

    private static final FourCc[] ALL = values();

    private final MediaKind kind;
    private final String letters;
    private final int code;

    FourCc(MediaKind kind, String letters) {
        this.kind = kind;
        this.letters = letters;
        this.code =
                (letters.charAt(0) << 24) | (letters.charAt(1) << 16) | (letters.charAt(2) << 8) | letters.charAt(3);
    }

    /// The codec that four letters, as one number, name among those of a kind.
    static Optional<FourCc> of(MediaKind kind, int code) {
        for (FourCc fourCc : ALL) {
            if (fourCc.code == code && fourCc.kind == kind) {
                return Optional.of(fourCc);
            }
        }
        return Optional.empty();
    }

    /// Four letters, whatever cannot be shown as a dot: they go to logs and to the encoder.
    static String letters(int code) {
        StringBuilder text = new StringBuilder(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            char letter = (char) ((code >>> shift) & 0xFF);
            text.append(letter >= ' ' && letter <= '~' ? letter : '.');
        }
        return text.toString();
    }

    /// Which kind of media the codec codes.
    public MediaKind kind() {
        return kind;
    }

    /// The four letters.
    public String letters() {
        return letters;
    }
}
