package io.lunarstream.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.bench.host.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdapterTest {
    @TempDir
    private Path folder;

    @Test
    void readsWordsAndAddresses() throws IOException {
        Adapter adapter = read("""
                name = SRS
                start = ./srs -c {folder}/srs.conf
                rtmp = rtmp://127.0.0.1:{rtmp-port}/live/{stream}
                hls = http://127.0.0.1:{http-port}/live/{stream}.m3u8
                pid-file = srs.pid
                """);
        assertThat(adapter.startCommand()).containsExactly("./srs", "-c", "{folder}/srs.conf");
        assertThat(adapter.pidFile()).contains("srs.pid");
        assertThat(adapter.needs()).isEmpty();
        assertThat(adapter.maxPublishers()).isEqualTo(Adapter.NO_LIMIT);
    }

    @Test
    void namesAKeyThatIsMissing() {
        assertThatThrownBy(() -> read("name = SRS\nstart = srs\nrtmp = rtmp://x/{stream}\n"))
                .isInstanceOf(BenchException.class)
                .hasMessageEndingWith("missing: hls");
    }

    @Test
    void namesAKeyThatIsUnknown() {
        assertThatThrownBy(() -> read("name = SRS\nneed = srs\n"))
                .isInstanceOf(BenchException.class)
                .hasMessageEndingWith("no such key: need");
    }

    @Test
    void fillsInTheWordsThatItKnows() {
        assertThat(Adapter.filledIn("a {port} {stream} {port}", Map.of("port", "1")))
                .isEqualTo("a 1 {stream} 1");
    }

    static Stream<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("peers"))) {
            return files.filter(file -> file.toString().endsWith(".properties")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void readsTheShippedOnesWhoseFilesAreThere(Path file) {
        Adapter adapter = Adapter.read(file);
        assertThat(adapter.rtmp()).contains("{stream}");
        assertThat(adapter.hls()).contains("{stream}");
        assertThat(adapter.files())
                .allSatisfy(name -> assertThat(file.resolveSibling(name)).exists());
    }

    private Adapter read(String text) throws IOException {
        return Adapter.read(Files.writeString(folder.resolve("a.properties"), text));
    }
}
