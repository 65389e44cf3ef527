package io.lunarstream.server.live;

import java.util.concurrent.CompletableFuture;

/// A window that is to be shown once what it lists is on disk.
///
/// @param onDisk completes when the disk has it, or has failed
record PreparedWindow(Window window, CompletableFuture<Void> onDisk) {

    /// One that lists nothing new.
    static PreparedWindow ofNothingNew(Window window) {
        return new PreparedWindow(window, CompletableFuture.completedFuture(null));
    }
}
