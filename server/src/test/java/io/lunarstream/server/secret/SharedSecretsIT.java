package io.lunarstream.server.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.server.TestDatabases;
import io.lunarstream.server.config.ConfigException;
import io.lunarstream.server.config.DataDirectory;
import io.lunarstream.server.config.EncryptionKeys;
import io.lunarstream.server.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Secrets of several nodes, in every state that a start can find them in.
class SharedSecretsIT {
    private static final String NAME = "signing-keys.json";

    private final Path folder;
    private final Path otherFolder;
    private final Database database;

    SharedSecretsIT(@TempDir Path folder, @TempDir Path otherFolder) {
        this.folder = folder;
        this.otherFolder = otherFolder;
        this.database = Database.open(TestDatabases.location(folder));
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void theFirstStartMakesASecretThatOthersFindAndNobodyCanReadInTheDatabase() throws Exception {
        assertThat(open(folder, 1, "made by one")).isEqualTo("made by one");
        assertThat(open(otherFolder, 1, "made by two")).isEqualTo("made by one");
        assertThat(files()).isEmpty();
        assertThat(TestDatabases.contents(folder).contains("made by one"))
                .as("it is there in clear")
                .isFalse();
    }

    @Test
    void startsAtTheSameMomentAgreeOnOneSecret() throws Exception {
        try (ExecutorService starts = Executors.newFixedThreadPool(4)) {
            List<Future<String>> opened = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String own = "of start " + i;
                opened.add(starts.submit(() -> open(otherFolder, 1, own)));
            }
            String agreed = opened.getFirst().get();
            for (Future<String> one : opened) {
                assertThat(one.get()).isEqualTo(agreed);
            }
        }
    }

    @Test
    void aStartMovesAFileAndLeavesNothingOfIt() throws IOException {
        assertThat(openFile("in a file")).isEqualTo("in a file");
        Files.writeString(folder.resolve(NAME + ".new"), "left by a write that was cut off");
        assertThat(open(folder, 1, "new")).isEqualTo("in a file");
        assertThat(files()).isEmpty();
        assertThat(open(otherFolder, 1, "new")).isEqualTo("in a file");
    }

    @Test
    void aStartAfterOneThatWasKilledBetweenTheTwoPlacesDeletesTheFile() throws IOException {
        open(folder, 1, "in a file");
        Files.writeString(folder.resolve(NAME), "in a file");
        assertThat(open(folder, 1, "new")).isEqualTo("in a file");
        assertThat(files()).isEmpty();
    }

    @Test
    void aFileThatSaysSomethingElseIsSetAside() throws IOException {
        open(folder, 1, "shared");
        Files.writeString(folder.resolve(NAME), "of another installation");
        assertThat(open(folder, 1, "new")).isEqualTo("shared");
        assertThat(folder.resolve(NAME)).doesNotExist();
        assertThat(folder.resolve(NAME + ".unused")).hasContent("of another installation");
    }

    @Test
    void aDamagedFileStopsTheStartAndIsNotMoved() throws IOException {
        Files.writeString(folder.resolve(NAME), "damaged");
        Secrets secrets = secrets(folder, Optional.of(TestKeys.keys(1)));
        assertThatThrownBy(() -> secrets.open(NAME, () -> "new".getBytes(UTF_8), file -> {
                    throw new ConfigException("it is damaged");
                }))
                .hasMessage("it is damaged");
        assertThat(folder.resolve(NAME)).hasContent("damaged");
        assertThat(database.read(new SecretRepository()::any)).isFalse();
    }

    @Test
    void anotherKeyOrNoneStopsTheStartWithOneLine() {
        open(folder, 1, "shared");
        assertThatThrownBy(() -> open(folder, 2, "new"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("secrets.key: \"signing-keys.json\" in the database is encrypted by another key;"
                        + " allowed: the key of the other nodes, or that one in secrets.previous-keys");
        assertThatThrownBy(() -> openFile("new"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("secrets.key: none is set")
                .hasMessageNotContaining("\n");
        assertThat(open(folder, 1, "new")).isEqualTo("shared");
    }

    @Test
    void aDamagedRowStopsTheStartAndOneThatWasDeletedIsMadeAnew() {
        open(folder, 1, "shared");
        database.run(handle -> handle.execute("update secret set sealed = 'damaged'"));
        assertThatThrownBy(() -> open(folder, 1, "new"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is damaged; restore it from a backup, or delete its row");
        database.run(handle -> handle.execute("delete from secret"));
        assertThat(open(folder, 1, "new")).isEqualTo("new");
    }

    @Test
    void theFirstStartWithANewerKeyEncryptsAnewAndThePreviousOneIsNotNeededAnyMore() {
        open(folder, 1, "shared");
        String before = stored();
        assertThat(open(folder, TestKeys.keys(2, 1))).isEqualTo("shared");
        assertThat(stored()).isNotEqualTo(before);
        assertThat(open(folder, 2, "new")).isEqualTo("shared");
        assertThatThrownBy(() -> open(folder, 1, "new")).hasMessageContaining("another key");
    }

    @Test
    void changesOfTwoNodesAtTheSameMomentAreBothKept() throws Exception {
        open(folder, 1, "-");
        try (ExecutorService nodes = Executors.newFixedThreadPool(2)) {
            List<Future<?>> changes = new ArrayList<>();
            for (Path node : List.of(folder, otherFolder)) {
                Secrets secrets = secrets(node, Optional.of(TestKeys.keys(1)));
                changes.add(nodes.submit(() -> addTenTimes(secrets)));
            }
            for (Future<?> change : changes) {
                change.get();
            }
        }
        assertThat(open(folder, 1, "new")).hasSize(21);
    }

    private void addTenTimes(Secrets secrets) {
        for (int i = 0; i < 10; i++) {
            database.run(transaction -> secrets.change(transaction, NAME, SharedSecretsIT::oneLonger));
        }
    }

    private static byte[] oneLonger(byte[] secret) {
        return (text(secret) + "+").getBytes(UTF_8);
    }

    @Test
    void aChangeIsUndoneWithItsTransaction() {
        open(folder, 1, "shared");
        Secrets secrets = secrets(folder, Optional.of(TestKeys.keys(1)));
        assertThatThrownBy(() -> database.run(transaction -> {
                    secrets.change(transaction, NAME, SharedSecretsIT::oneLonger);
                    throw new IllegalStateException("undo");
                }))
                .hasMessage("undo");
        assertThat(text(secrets.read(NAME))).isEqualTo("shared");
    }

    @Test
    void whatCannotBeReadWhileANodeRunsIsNamedAndNotChanged() {
        open(folder, 1, "shared");
        Secrets older = secrets(folder, Optional.of(TestKeys.keys(1)));
        open(otherFolder, TestKeys.keys(2, 1));
        assertThatThrownBy(() -> older.read(NAME)).isInstanceOf(UnreadableSecretException.class);
        assertThatThrownBy(() -> database.run(handle -> older.change(handle, NAME, SharedSecretsIT::oneLonger)))
                .isInstanceOf(UnreadableSecretException.class);
        database.run(handle -> handle.execute("delete from secret"));
        assertThatThrownBy(() -> older.read(NAME))
                .isInstanceOf(UnreadableSecretException.class)
                .hasMessageContaining("is gone from table secret");
    }

    private Secrets secrets(Path dataDirectory, Optional<EncryptionKeys> keys) {
        return Secrets.in(DataDirectory.open(dataDirectory), database, keys);
    }

    private String open(Path dataDirectory, int key, String first) {
        return open(secrets(dataDirectory, Optional.of(TestKeys.keys(key))), first);
    }

    private String open(Path dataDirectory, EncryptionKeys keys) {
        return open(secrets(dataDirectory, Optional.of(keys)), "new");
    }

    private String openFile(String first) {
        return open(secrets(folder, Optional.empty()), first);
    }

    private static String open(Secrets secrets, String first) {
        return text(secrets.open(NAME, () -> first.getBytes(UTF_8), _ -> {}));
    }

    private static String text(byte[] secret) {
        return new String(secret, UTF_8);
    }

    private String stored() {
        return database.read(handle -> new SecretRepository().find(handle, NAME).orElseThrow());
    }

    /// The files of the data directory, but for what SQLite keeps beside its own.
    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("lunar.db"))
                    .toList();
        }
    }
}
