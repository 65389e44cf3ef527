package io.lunarstream.bench.soak;

import io.lunarstream.bench.host.BenchException;
import io.lunarstream.flv.FlvException;
import io.lunarstream.flv.FlvFileReader;
import io.lunarstream.flv.FlvTag;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Some seconds of H.264 and AAC that encoders send over and over.
///
/// @param configurations codec configurations
/// @param frames pictures and sound, in the order of their times, from 0 ms up to the length
/// @param lengthMs how long one round takes
record Footage(List<FlvTag> configurations, List<FlvTag> frames, int lengthMs) {
    /// Whole groups of pictures.
    private static final int LENGTH_MS = 8_000;

    Footage {
        configurations = List.copyOf(configurations);
        frames = List.copyOf(frames);
    }

    /// Two that differ in size, picture rate and sound, so that an encoder can change from one to the other. FFmpeg
    /// makes them.
    ///
    /// @param folder where the files may lie
    static List<Footage> two(Path folder) throws InterruptedException {
        return List.of(
                made(folder.resolve("large.flv"), "size=640x360:rate=30", "-g 60 -b:v 600k -ac 2"),
                made(folder.resolve("small.flv"), "size=480x270:rate=25", "-g 50 -b:v 400k -ac 1"));
    }

    private static Footage made(Path file, String picture, String encoding) throws InterruptedException {
        String command = "ffmpeg -nostdin -v error -y -f lavfi -i testsrc2=" + picture
                + " -f lavfi -i sine=frequency=440:sample_rate=48000 -t 9 -c:v libx264 -preset veryfast -bf 0"
                + " -pix_fmt yuv420p -sc_threshold 0 -c:a aac -b:a 64k " + encoding + " -f flv " + file;
        try {
            Process ffmpeg =
                    new ProcessBuilder(command.split(" ", -1)).inheritIO().start();
            if (ffmpeg.waitFor() != 0) {
                throw new BenchException("ffmpeg could not make " + file.getFileName());
            }
            return read(Unpooled.wrappedBuffer(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new BenchException("no footage: is ffmpeg there?", e);
        }
    }

    /// Reads an FLV file; its memory stays in use.
    private static Footage read(ByteBuf file) throws IOException {
        List<FlvTag> configurations = new ArrayList<>();
        List<FlvTag> frames = new ArrayList<>();
        FlvFileReader reader = new FlvFileReader();
        try {
            while (reader.read(file) instanceof FlvFileReader.Result.TagRead(FlvTag tag)) {
                switch (tag.role()) {
                    case CONFIGURATION -> configurations.add(tag);
                    case FRAME -> {
                        if (tag.timestampMs() < LENGTH_MS) {
                            frames.add(tag);
                        }
                    }
                    case METADATA, END -> {}
                }
            }
        } catch (FlvException e) {
            throw new IOException("ffmpeg wrote no FLV", e);
        }
        return new Footage(configurations, frames, LENGTH_MS);
    }
}
