package io.lunarstream.media.bytes;

/// How large the next buffer of a kind should be: as large as what the last one held, and an eighth more.
///
/// A buffer that is too small grows to the next power of two, which copies it; one that is too large keeps memory that
/// nobody needs, for as long as it is kept itself.
public final class SizeForecast {
    private static final int HEADROOM = 8;

    private int bytes;

    /// @param firstBytes what is forecast as long as nothing is known
    public SizeForecast(int firstBytes) {
        this.bytes = firstBytes;
    }

    /// What the next one is thought to need, in bytes.
    public int bytes() {
        return bytes;
    }

    /// Takes note of what one held in the end, in bytes.
    public void learn(int held) {
        bytes = Math.addExact(held, held / HEADROOM);
    }
}
