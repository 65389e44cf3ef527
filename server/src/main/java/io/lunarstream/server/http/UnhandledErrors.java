package io.lunarstream.server.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What nobody has caught, on an event loop or on any other thread.
///
/// Most of it is a fault of ours that ends what it has happened in, and is logged. A program without memory ends as a
/// whole: what it was doing is half done, in no order that can be known. Nothing that was acknowledged is lost,
/// encoders come back, and whoever watches the program starts it again.
///
/// The heap is the JVM's to watch, by `-XX:+ExitOnOutOfMemoryError` of the launcher. Memory outside of it, where media
/// are, is counted in Java, and comes by here.
public final class UnhandledErrors {

    /// What the JVM itself ends with when the heap is full.
    private static final int EXIT_CODE = 3;

    private static final Logger LOG = LoggerFactory.getLogger(UnhandledErrors.class);

    private UnhandledErrors() {}

    /// Logs it, and ends the program if there is no memory left.
    public static void report(Throwable error) {
        if (error instanceof OutOfMemoryError) {
            try {
                LOG.error(
                        "Out of memory: give it more (MaxDirectMemorySize or -Xmx in JAVA_OPTS), or fewer streams: {}",
                        error.getMessage());
            } finally {
                Runtime.getRuntime().halt(EXIT_CODE);
            }
        }
        LOG.error("A fault of ours", error);
    }
}
