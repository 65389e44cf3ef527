package io.lunarstream.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// An input of a fuzz target: its first byte decides something, such as how the others are cut.
public final class FuzzInput {
    private static final int LONGEST_PIECE_BITS = 10;

    private final int choice;
    private final byte[] bytes;

    public FuzzInput(byte[] input) {
        choice = input.length == 0 ? 0 : input[0] & 0xFF;
        bytes = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
    }

    /// The first byte, 0 to 255.
    public int choice() {
        return choice;
    }

    /// All bytes behind the first.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// The bytes cut as the first one says: in pieces of 1 to 1024, for 0 one by one.
    public List<byte[]> pieces() {
        SplittableRandom random = new SplittableRandom(choice);
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int longest = choice == 0 ? 1 : 1 << random.nextInt(LONGEST_PIECE_BITS + 1);
            int end = Math.min(bytes.length, at + 1 + random.nextInt(longest));
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces;
    }
}
