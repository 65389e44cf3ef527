package io.lunarstream.flv;

/// `SoundFormat`: the high four bits of an audio tag's first byte. Source: FLV 10.1, annex E.4.2.1.
enum FlvAudioCodec {
    LINEAR_PCM(0, "PCM"),
    ADPCM(1, "ADPCM"),
    MP3(2, "MP3"),
    LINEAR_PCM_LITTLE_ENDIAN(3, "PCM"),
    NELLYMOSER_16_KHZ(4, "Nellymoser"),
    NELLYMOSER_8_KHZ(5, "Nellymoser"),
    NELLYMOSER(6, "Nellymoser"),
    G711_A_LAW(7, "G.711 A-law"),
    G711_MU_LAW(8, "G.711 mu-law"),
    /// No codec, but the sign of an enhanced header.
    ENHANCED(9, "enhanced audio"),
    AAC(10, "AAC"),
    SPEEX(11, "Speex"),
    MP3_8_KHZ(14, "MP3");

    private final int id;
    private final String title;

    FlvAudioCodec(int id, String title) {
        this.id = id;
        this.title = title;
    }

    /// The name of a codec for people.
    static String title(int id) {
        for (FlvAudioCodec codec : values()) {
            if (codec.id == id) {
                return codec.title;
            }
        }
        return "audio codec id " + id;
    }

    boolean is(int candidate) {
        return id == candidate;
    }
}
