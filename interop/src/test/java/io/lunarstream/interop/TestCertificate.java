package io.lunarstream.interop;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// A certificate for `localhost` that signs itself, and its key, as PEM files.
record TestCertificate(Path certificate, Path key) {
    static TestCertificate in(Path folder) {
        try {
            X509Bundle bundle = new CertificateBuilder()
                    .ecp256()
                    .subject("CN=localhost")
                    .notBefore(Instant.now().minus(Duration.ofDays(1)))
                    .notAfter(Instant.now().plus(Duration.ofDays(1)))
                    .addSanDnsName("localhost")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
            return new TestCertificate(
                    Files.writeString(folder.resolve("certificate.pem"), bundle.getCertificatePEM()),
                    Files.writeString(folder.resolve("key.pem"), bundle.getPrivateKeyPEM()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /// A server's settings with this certificate.
    Map<String, String> settings() {
        return Map.of("LUNAR_TLS_CERTIFICATE", certificate.toString(), "LUNAR_TLS_KEY", key.toString());
    }
}
