package io.lunarstream.bench.peer;

import io.lunarstream.bench.host.Workspace;
import java.util.Optional;

/// A server that can be started and measured.
public sealed interface Contender permits Lunar, SplitLunar, Peer {

    /// As in tables.
    String name();

    /// With its version, as it tells it.
    String version();

    /// The command that starts it, as in reports.
    String command();

    /// What it needs and is not there.
    Optional<String> missing();

    /// How many publishers at most it is measured with: more would take the machine down.
    int maxPublishers();

    /// Starts it, and waits until it is there.
    RunningServer start(Workspace workspace) throws InterruptedException;
}
