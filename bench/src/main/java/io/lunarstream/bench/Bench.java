package io.lunarstream.bench;

import io.lunarstream.bench.host.Machine;
import io.lunarstream.bench.host.Workspace;
import io.lunarstream.bench.peer.Contender;
import io.lunarstream.bench.peer.Lunar;
import io.lunarstream.bench.peer.Peer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// Where benchmarks run: the tree, the servers, how long.
///
/// @param root of the tree
/// @param quick short rounds, for trying
record Bench(Path root, boolean quick) {
    /// The other's name whose numbers ours are compared with.
    static final String REFERENCE = "nginx-rtmp";

    /// Where everything that is not kept lies.
    Path target() {
        return root.resolve("bench").resolve("target");
    }

    /// A new folder on the disk of the tree.
    Workspace workspace() {
        return Workspace.in(target().resolve("runs"));
    }

    Lunar lunar() {
        return Lunar.in(root);
    }

    /// Ours and, of the peers, those that are there; who is missing is said.
    List<Contender> contenders() {
        List<Contender> contenders = new ArrayList<>(List.of(lunar()));
        for (Peer peer : Peer.in(root.resolve("bench").resolve("peers"), target().resolve("peers"))) {
            peer.missing()
                    .ifPresentOrElse(
                            need -> say("without " + peer.name() + ": " + need + " is not there"),
                            () -> contenders.add(peer));
        }
        return contenders;
    }

    /// Of all, ours and the one that ours is compared with.
    static List<Contender> withReference(List<Contender> all) {
        return all.stream()
                .filter(contender ->
                        contender instanceof Lunar || contender.name().equals(REFERENCE))
                .toList();
    }

    /// The contenders in the order of a round: every other one begins at the other end.
    static List<Contender> inRound(int round, List<Contender> contenders) {
        return round % 2 == 0 ? contenders : contenders.reversed();
    }

    /// Machine, day, versions and commands, in Markdown.
    String circumstances(String benchmark, List<Contender> contenders) {
        StringBuilder text = new StringBuilder("Measured on %s by `./lunar bench %s`%s on %s.\n\n"
                .formatted(LocalDate.now(ZoneOffset.UTC), benchmark, quick ? ", quick" : "", Machine.description()));
        for (Contender contender : contenders) {
            text.append("- ")
                    .append(contender.version())
                    .append(": `")
                    .append(contender.command())
                    .append("`\n");
        }
        return text.toString();
    }

    /// One line for whoever watches.
    static void say(String line) {
        System.err.println("bench: " + line);
    }
}
