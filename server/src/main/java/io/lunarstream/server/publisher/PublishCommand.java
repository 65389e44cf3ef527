package io.lunarstream.server.publisher;

import io.lunarstream.flv.FlvException;
import io.lunarstream.rtmp.session.PublishTarget;
import io.lunarstream.server.http.EventLoops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// `publish FILE.flv ADDRESS [--once] [--trust FILE.pem]`: sends a recording in real time, over and over, until it is
/// interrupted.
///
/// @param file the recording
/// @param target where it is sent to
/// @param once whether it is sent once only
/// @param trusted certificates to trust in place of the JDK's, for an `rtmps://` address
public record PublishCommand(Path file, PublishTarget target, boolean once, Optional<Path> trusted) {
    private static final String USAGE =
            "usage: lunar publish FILE.flv rtmp[s]://HOST[:PORT]/APP/STREAM-KEY?pushToken=TOKEN"
                    + " [--once] (without --once it repeats until Ctrl-C) [--trust FILE.pem]";
    private static final String ONCE = "--once";
    private static final String TRUST = "--trust";

    /// How long Ctrl-C waits for the goodbye to be sent.
    private static final Duration GOODBYE_TIMEOUT = Duration.ofMillis(1_500);

    /// The command cannot be carried out. Its message is one line for the user.
    public static final class PublishException extends Exception {
        private static final long serialVersionUID = 1L;

        PublishException(String message) {
            super(message);
        }
    }

    /// Understands the arguments after the word `publish`.
    public static PublishCommand parse(List<String> arguments) throws PublishException {
        List<String> words = new ArrayList<>(arguments);
        boolean once = words.removeIf(ONCE::equals);
        Optional<Path> trusted = trusted(words);
        Optional<String> option =
                words.stream().filter(word -> word.startsWith("-")).findFirst();
        if (option.isPresent()) {
            throw new PublishException("unknown option \"" + option.get() + "\"; allowed: " + ONCE + ", " + TRUST);
        }
        if (words.size() != 2) {
            throw new PublishException(USAGE);
        }
        return new PublishCommand(Path.of(words.getFirst()), target(words.getLast()), once, trusted);
    }

    /// Takes the option and its value out of the words.
    private static Optional<Path> trusted(List<String> words) throws PublishException {
        int option = words.indexOf(TRUST);
        if (option < 0) {
            return Optional.empty();
        }
        words.remove(option);
        if (option == words.size()) {
            throw new PublishException("option " + TRUST + " needs a PEM file after it");
        }
        Path file = Path.of(words.remove(option));
        if (!Files.isReadable(file)) {
            throw new PublishException(TRUST + ": " + file + " cannot be read");
        }
        return Optional.of(file);
    }

    private static PublishTarget target(String address) throws PublishException {
        try {
            return PublishTarget.parse(address);
        } catch (IllegalArgumentException e) {
            throw new PublishException(String.valueOf(e.getMessage()));
        }
    }

    /// Publishes, and returns when all was sent or the program was interrupted.
    ///
    /// @throws PublishException if anything else ends it
    public void run() throws PublishException {
        FlvFile recording = open();
        try (EventLoops loops = EventLoops.open();
                RtmpClient client = new RtmpClient(loops, trusted)) {
            TagLoop tags = once ? TagLoop.once(recording) : TagLoop.endless(recording);
            RtmpPublisher publisher = client.publish(target, tags);
            publisher.accepted().thenAccept(this::tell);
            sayGoodbyeOnSignal(publisher);
            PublishEnd end = publisher.ended().toCompletableFuture().join();
            if (!(end instanceof PublishEnd.Finished)) {
                throw new PublishException(end.text());
            }
        }
    }

    private FlvFile open() throws PublishException {
        try {
            return FlvFile.open(file);
        } catch (NoSuchFileException e) {
            throw new PublishException(file + " is not there");
        } catch (IOException | FlvException e) {
            throw new PublishException(file + " cannot be read: " + e.getMessage());
        }
    }

    private void tell(boolean accepted) {
        if (accepted) {
            System.out.println("Publishing " + file + " to " + target.host() + ":" + target.port()
                    + (once ? " once" : " over and over") + "; Ctrl-C ends it");
        }
    }

    private static void sayGoodbyeOnSignal(RtmpPublisher publisher) {
        CompletableFuture<PublishEnd> ended = publisher.ended().toCompletableFuture();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            publisher.stop();
                            ended.completeOnTimeout(
                                            new PublishEnd.Finished(),
                                            GOODBYE_TIMEOUT.toMillis(),
                                            TimeUnit.MILLISECONDS)
                                    .join();
                        },
                        "goodbye"));
    }
}
