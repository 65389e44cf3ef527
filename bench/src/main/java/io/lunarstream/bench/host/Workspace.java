package io.lunarstream.bench.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A folder for one measurement, and the programs that work in it. All end with it, on Ctrl+C too.
public final class Workspace implements AutoCloseable {
    private final Path folder;
    private final Deque<Program> programs = new ArrayDeque<>();
    private final Thread atExit = new Thread(this::clear, "clear");

    private boolean cleared;

    private Workspace(Path folder) {
        this.folder = folder;
    }

    /// Makes a folder.
    ///
    /// @param parent on the disk that servers shall write to; made where it is missing
    public static Workspace in(Path parent) {
        try {
            Files.createDirectories(parent);
            Workspace workspace = new Workspace(Files.createTempDirectory(parent, "run-"));
            workspace.clearAtExit();
            return workspace;
        } catch (IOException e) {
            throw new BenchException("no folder in " + parent, e);
        }
    }

    /// @throws IllegalStateException if it is too late for that: this program is ending
    private void clearAtExit() {
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException e) {
            clear();
            throw e;
        }
    }

    /// Where files may lie, by an absolute path.
    public Path folder() {
        return folder.toAbsolutePath();
    }

    /// A port of loopback that is free now.
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts a program in the folder.
    ///
    /// @param settings for its environment, from which settings of Lunar Stream are gone
    public Program start(List<String> command, Map<String, String> settings) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LUNAR_"));
        builder.environment().putAll(settings);
        try {
            synchronized (programs) {
                if (cleared) {
                    throw new IllegalStateException("this program is ending");
                }
                Path output =
                        folder.resolve("output-" + programs.size() + ".txt").toAbsolutePath();
                builder.redirectErrorStream(true).redirectOutput(output.toFile());
                Program program = new Program(builder.start(), output);
                programs.push(program);
                return program;
            }
        } catch (IOException e) {
            throw new BenchException("cannot start " + command.getFirst(), e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        clear();
    }

    private void clear() {
        synchronized (programs) {
            cleared = true;
            programs.forEach(Program::close);
        }
        try {
            Files.walkFileTree(folder, new Deletion());
        } catch (IOException e) {
            System.err.println("bench: left " + folder + ": " + e.getMessage());
        }
    }

    /// Deletes all that it visits.
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException cause) throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
        }
    }
}
