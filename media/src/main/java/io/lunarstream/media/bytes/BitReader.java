package io.lunarstream.media.bytes;

/// Reads bit fields and Exp-Golomb codes, most significant bit first, and never beyond the end.
///
/// Source: ITU-T H.264, sections 7.2 (`u(n)`) and 9.1 (`ue(v)`, `se(v)`).
public final class BitReader {
    /// The longest prefix that a code of at most 32 bits of information can have.
    private static final int MAX_LEADING_ZEROS = 32;

    private final ByteString bytes;
    private int position;

    public BitReader(ByteString bytes) {
        this.bytes = bytes;
    }

    /// How many bits have not been read.
    public int bitsLeft() {
        return bytes.size() * 8 - position;
    }

    /// `u(1)`: one bit, true if it is set.
    public boolean flag() throws MalformedException {
        return read(1) == 1;
    }

    /// `u(n)`: an unsigned number of at most 31 bits.
    public int bits(int count) throws MalformedException {
        if (count > 31) {
            throw new IllegalArgumentException("at most 31 bits fit an int: " + count);
        }
        return (int) read(count);
    }

    /// `u(32)`: an unsigned number of 32 bits.
    public long bits32() throws MalformedException {
        return read(32);
    }

    /// Passes over bits without looking at them.
    public void skip(int count) throws MalformedException {
        require(count);
        position += count;
    }

    /// Passes over the rest of a byte that has been begun.
    public void skipToByteBoundary() {
        position = (position + 7) / 8 * 8;
    }

    /// `ue(v)`: an unsigned number, refused if it is above a limit.
    public int ue(int max, String field) throws MalformedException {
        long value = expGolomb();
        if (value > max) {
            throw new MalformedException(field + " is " + value + ", allowed are 0 to " + max);
        }
        return (int) value;
    }

    /// `se(v)`: a signed number of at most 32 bits.
    public int se() throws MalformedException {
        long code = expGolomb();
        return (int) ((code & 1) == 1 ? (code + 1) / 2 : -code / 2);
    }

    private long expGolomb() throws MalformedException {
        int leadingZeros = 0;
        while (!flag()) {
            leadingZeros++;
            if (leadingZeros > MAX_LEADING_ZEROS) {
                throw new MalformedException("Exp-Golomb code of more than 32 bits");
            }
        }
        return (1L << leadingZeros) - 1 + read(leadingZeros);
    }

    private long read(int count) throws MalformedException {
        require(count);
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = (value << 1) | (bytes.at(position >>> 3) >>> (7 - (position & 7)) & 1);
            position++;
        }
        return value;
    }

    private void require(int count) throws MalformedException {
        if (count > bitsLeft()) {
            throw new MalformedException("ends " + (count - bitsLeft()) + " bits too early");
        }
    }
}
