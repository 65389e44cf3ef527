package io.lunarstream.bench.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceIT {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path parent;

    @Test
    void endsItsProgramsAndTheirChildrenAndLeavesNothing() throws InterruptedException {
        ProcessHandle shell;
        ProcessHandle child;
        try (Workspace workspace = Workspace.in(parent)) {
            Program program = workspace.start(List.of("sh", "-c", "sleep 600 & echo up; wait"), Map.of());
            program.awaitReady("shell", LONG, () -> program.output().contains("up"));
            shell = ProcessHandle.of(program.processes().pids().getFirst()).orElseThrow();
            child = shell.children().findFirst().orElseThrow();
        }
        Deadline.await("their end", LONG, () -> !shell.isAlive() && !child.isAlive());
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void countsTheTimeOfAllProcessesOfAProgram() throws InterruptedException {
        try (Workspace workspace = Workspace.in(parent)) {
            Program program = workspace.start(List.of("sh", "-c", "sh -c 'while :; do :; done' & wait"), Map.of());
            ProcessTree processes = program.processes();
            Deadline.await(
                    "half a second of work", LONG, () -> processes.usage().cpuSeconds() > 0.5);
            assertThat(processes.usage().residentBytes()).isPositive();
        }
    }

    @Test
    void saysWhyAProgramHasEndedEarly() {
        try (Workspace workspace = Workspace.in(parent)) {
            Program program = workspace.start(List.of("sh", "-c", "echo no such port; exit 1"), Map.of());
            assertThatThrownBy(() -> program.awaitReady("server", LONG, () -> false))
                    .isInstanceOf(BenchException.class)
                    .hasMessageContaining("no such port");
        }
    }

    @Test
    void handsNoSettingsOfOursToPrograms() throws InterruptedException {
        try (Workspace workspace = Workspace.in(parent)) {
            Program program = workspace.start(List.of("env"), Map.of("LUNAR_ROLE", "api"));
            assertThat(program.awaitEnd(LONG)).isZero();
            assertThat(program.output().lines().filter(line -> line.startsWith("LUNAR_")))
                    .containsExactly("LUNAR_ROLE=api");
        }
    }
}
