package io.lunarstream.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is open, to be closed in the reverse of the order in which it was opened.
final class Closing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /// Remembers a part of the program to be closed before all that were opened earlier.
    <T extends AutoCloseable> T add(T part) {
        open.push(part);
        return part;
    }

    /// Closes everything; a part that fails does not keep the others open.
    @Override
    public void close() {
        while (!open.isEmpty()) {
            AutoCloseable part = open.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not close", part.getClass().getSimpleName(), e);
            }
        }
    }
}
