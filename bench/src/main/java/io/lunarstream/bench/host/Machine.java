package io.lunarstream.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The machine, in words. Linux only.
public final class Machine {
    private Machine() {}

    /// Such as `2 × AMD EPYC 7B13, 23.5 GiB, Debian GNU/Linux 12 (bookworm), Linux 6.1.0, JDK 25.0.3`.
    public static String description() {
        String memory =
                "%.1f GiB".formatted(Long.parseLong(of("/proc/meminfo", "MemTotal: +(\\d+)", "0")) / 1_048_576.0);
        return String.join(
                ", ",
                Runtime.getRuntime().availableProcessors() + " × "
                        + of("/proc/cpuinfo", "model name\\s*: (.*)", System.getProperty("os.arch")),
                memory.formatted(Locale.ROOT),
                of("/etc/os-release", "PRETTY_NAME=\"(.*)\"", "unknown system"),
                "Linux " + System.getProperty("os.version"),
                "JDK " + Runtime.version().toString());
    }

    private static String of(String file, String pattern, String otherwise) {
        try {
            Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
            return matcher.find() ? matcher.group(1) : otherwise;
        } catch (IOException _) {
            return otherwise;
        }
    }
}
