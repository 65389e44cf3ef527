package io.lunarstream.rtmp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Ways to cut bytes into the pieces in which a network may deliver them.
public final class Feeding {
    private Feeding() {}

    /// Whole, one byte at a time, and cut in two at every boundary.
    public static List<List<byte[]>> everyWay(byte[] bytes) {
        List<List<byte[]>> ways = new ArrayList<>();
        ways.add(List.of(bytes));
        ways.add(oneByteAtATime(bytes));
        for (int cut = 1; cut < bytes.length; cut++) {
            ways.add(List.of(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length)));
        }
        return ways;
    }

    public static List<byte[]> oneByteAtATime(byte[] bytes) {
        List<byte[]> pieces = new ArrayList<>();
        for (byte one : bytes) {
            pieces.add(new byte[] {one});
        }
        return pieces;
    }
}
