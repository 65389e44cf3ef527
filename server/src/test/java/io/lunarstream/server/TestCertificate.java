package io.lunarstream.server;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// A certificate for this machine that signs itself, and its key.
///
/// @param name its common name, by which tests tell certificates apart
public record TestCertificate(String name, X509Bundle bundle) {
    public static TestCertificate of(String name) {
        return of(name, builder -> builder.addSanDnsName("localhost").addSanIpAddress("127.0.0.1"));
    }

    /// One for a machine elsewhere.
    public static TestCertificate ofAnotherHost(String host) {
        return of(host, builder -> builder.addSanDnsName(host));
    }

    private static TestCertificate of(String name, UnaryOperator<CertificateBuilder> names) {
        try {
            return new TestCertificate(
                    name,
                    names.apply(new CertificateBuilder())
                            .ecp256()
                            .subject("CN=" + name)
                            .notBefore(Instant.now().minus(Duration.ofDays(1)))
                            .notAfter(Instant.now().plus(Duration.ofDays(1)))
                            .setIsCertificateAuthority(true)
                            .buildSelfSigned());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public String certificatePem() {
        return bundle.getCertificatePEM();
    }

    public String keyPem() {
        return bundle.getPrivateKeyPEM();
    }

    /// Writes `certificate.pem` and `key.pem` into a folder.
    public void write(Path folder) {
        try {
            Files.writeString(certificateIn(folder), certificatePem());
            Files.writeString(keyIn(folder), keyPem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path certificateIn(Path folder) {
        return folder.resolve("certificate.pem");
    }

    public static Path keyIn(Path folder) {
        return folder.resolve("key.pem");
    }

    /// A server's configuration with the files that are in a folder, and both TLS ports.
    public static Map<String, String> settings(Path folder) {
        return Map.of(
                "LUNAR_HTTPS_PORT",
                "0",
                "LUNAR_RTMPS_PORT",
                "0",
                "LUNAR_TLS_CERTIFICATE",
                certificateIn(folder).toString(),
                "LUNAR_TLS_KEY",
                keyIn(folder).toString());
    }

    /// What a client uses that trusts only this certificate.
    public SSLContext trust() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {bundle.toTrustManager()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
