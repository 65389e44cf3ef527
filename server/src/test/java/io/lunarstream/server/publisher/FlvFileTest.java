package io.lunarstream.server.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.flv.FlvException;
import io.lunarstream.flv.FlvTag;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlvFileTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void readsTheSameAsFromMemoryAndAgainAfterRewinding() throws Exception {
        byte[] flv = FlvBytes.testPicture();
        List<String> expected = allOf(FlvClip.of(flv).tags());
        try (FlvFile file = FlvFile.open(file(flv))) {
            assertThat(allOf(file)).isEqualTo(expected).hasSizeGreaterThan(3_600);
            file.rewind();
            file.next();
            file.rewind();
            assertThat(allOf(file)).isEqualTo(expected);
        }
    }

    @Test
    void aTagThatIsCutOffIsTheEnd() throws Exception {
        byte[] whole = new FlvBytes().video(0).video(40).toArray();
        byte[] cut = new byte[whole.length - 5];
        System.arraycopy(whole, 0, cut, 0, cut.length);
        try (FlvFile file = FlvFile.open(file(cut))) {
            assertThat(allOf(file)).containsExactly("VIDEO 0 1701000000");
        }
    }

    @Test
    void refusesWhatIsNoFlvFile() throws IOException {
        Path text = file("no video at all".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThatThrownBy(() -> FlvFile.open(text)).isInstanceOf(FlvException.class);
        Path empty = file(new FlvBytes().toArray());
        assertThatThrownBy(() -> FlvFile.open(empty)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> FlvFile.open(folder)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> FlvFile.open(folder.resolve("missing"))).isInstanceOf(NoSuchFileException.class);
    }

    private static List<String> allOf(TagSource source) throws IOException, FlvException {
        List<String> tags = new ArrayList<>();
        for (Optional<FlvTag> tag = source.next(); tag.isPresent(); tag = source.next()) {
            FlvTag read = tag.get();
            tags.add(read.type() + " " + read.timestampMs() + " " + ByteBufUtil.hexDump(read.body()));
        }
        return tags;
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(folder, "recording", ".flv"), bytes);
    }
}
