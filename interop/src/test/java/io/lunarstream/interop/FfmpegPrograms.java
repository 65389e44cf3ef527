package io.lunarstream.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/// An FFmpeg to run.
///
/// @param ffmpeg name or path of the encoder and decoder
/// @param ffprobe name or path of the program that looks at media
/// @param environment what they need beside that of the tests
record FfmpegPrograms(String ffmpeg, String ffprobe, Map<String, String> environment) {

    /// The one on the `PATH`.
    static final FfmpegPrograms INSTALLED = new FfmpegPrograms("ffmpeg", "ffprobe", Map.of());

    /// Where the artefact of decision 013 keeps its programs and libraries.
    private static final String FOLDER = "org/bytedeco/ffmpeg/linux-x86_64-gpl/";

    /// FFmpeg 8.1, which speaks Enhanced RTMP, unpacked from its artefact into a folder.
    static FfmpegPrograms unpackedInto(Path folder) {
        try {
            URL program = FfmpegPrograms.class.getClassLoader().getResource(FOLDER + "ffmpeg");
            if (program == null) {
                throw new AssertionError("the artefact with FFmpeg is not on the class path");
            }
            JarURLConnection connection = (JarURLConnection) program.openConnection();
            try (JarFile jar = connection.getJarFile()) {
                for (JarEntry entry :
                        jar.stream().filter(FfmpegPrograms::isPartOfIt).toList()) {
                    unpack(jar, entry, folder.resolve(entry.getName().substring(FOLDER.length())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FfmpegPrograms(
                folder.resolve("ffmpeg").toString(),
                folder.resolve("ffprobe").toString(),
                Map.of("LD_LIBRARY_PATH", folder.toString()));
    }

    private static boolean isPartOfIt(JarEntry entry) {
        return entry.getName().startsWith(FOLDER) && !entry.isDirectory();
    }

    private static void unpack(JarFile jar, JarEntry entry, Path file) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot be made executable: " + file);
        }
    }

    ChildProcess start(List<String> command) {
        return ChildProcess.start(command, environment);
    }
}
