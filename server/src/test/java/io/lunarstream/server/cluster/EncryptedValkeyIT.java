package io.lunarstream.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lunarstream.server.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `rediss://`: only a Valkey whose certificate the JVM trusts is told the password.
class EncryptedValkeyIT {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";

    @TempDir
    private Path folder;

    @AfterEach
    void trustAsBefore() {
        System.clearProperty(TRUST_STORE);
    }

    @Test
    void aTrustedCertificateIsEnough() throws Exception {
        assertThatValkeyIs("ok", TestCertificate.of("valkey"));
    }

    @Test
    void aCertificateOfAnotherHostIsNotEnough() throws Exception {
        assertThatValkeyIs("unavailable", TestCertificate.ofAnotherHost("valkey.example"));
    }

    @Test
    void aCertificateThatIsNotTrustedIsNotEnough() throws Exception {
        try (ValkeyProcess valkey = ValkeyProcess.start(folder, TestCertificate.of("valkey"))) {
            assertThatValkeyIs("unavailable", valkey);
        }
    }

    @Test
    void aWrongPasswordIsNotEnough() throws Exception {
        try (ValkeyProcess valkey = ValkeyProcess.start(folder)) {
            String url = valkey.environment().get("LUNAR_VALKEY_URL");
            Map<String, String> environment = Map.of("LUNAR_VALKEY_URL", url, "LUNAR_VALKEY_PASSWORD", "wrong");
            try (Nodes nodes = Nodes.start(1, folder, environment)) {
                nodes.awaitValkey("unavailable");
            }
        }
    }

    private void assertThatValkeyIs(String word, TestCertificate trusted) throws Exception {
        try (ValkeyProcess valkey = ValkeyProcess.start(folder, trusted)) {
            trust(trusted);
            assertThatValkeyIs(word, valkey);
        }
    }

    private void assertThatValkeyIs(String word, ValkeyProcess valkey) throws IOException {
        try (Nodes nodes = Nodes.start(1, folder, valkey.environment())) {
            nodes.awaitValkey(word);
            assertThat(nodes.get(0).get("/livestream").status()).isEqualTo(200);
        }
    }

    private void trust(TestCertificate certificate) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setCertificateEntry("valkey", certificate.bundle().getCertificate());
        Path file = folder.resolve("trusted.jks");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, new char[0]);
        }
        System.setProperty(TRUST_STORE, file.toString());
    }
}
