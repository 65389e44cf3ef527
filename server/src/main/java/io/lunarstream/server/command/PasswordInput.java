package io.lunarstream.server.command;

import io.lunarstream.server.client.ClientException;
import io.lunarstream.server.client.ClientException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A password from standard input: its first line, whatever comes after it.
final class PasswordInput {
    /// The API's own limit is shorter; a file that was named by mistake must not be sent.
    private static final int MAX_BYTES = 4096;

    private PasswordInput() {}

    static String read(InputStream in) {
        byte[] line = new byte[MAX_BYTES];
        int length = 0;
        try {
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                if (length == MAX_BYTES) {
                    throw new ClientException(Reason.MISUSED, "standard input is too long to be a password");
                }
                line[length] = (byte) next;
                length++;
            }
        } catch (IOException e) {
            throw new ClientException(Reason.MISUSED, "standard input cannot be read: " + e.getMessage());
        }
        String text = new String(Arrays.copyOf(line, length), StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
