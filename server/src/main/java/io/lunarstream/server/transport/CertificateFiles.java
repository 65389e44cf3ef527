package io.lunarstream.server.transport;

import io.lunarstream.server.config.ConfigException;
import io.lunarstream.server.config.Settings.Tls;
import io.lunarstream.server.transport.PemPair.UnusableException;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's certificate and key, in two files that are looked at again and again: what renews a certificate only
/// has to replace them, in any order.
///
/// A new pair that is not whole, or does not fit together, is not used; the one of before stays.
public final class CertificateFiles implements AutoCloseable {

    /// Soon enough after a renewal, and nothing beside what one connection costs.
    private static final Duration LOOK = Duration.ofSeconds(1);

    /// A client that has not finished by then is none.
    private static final Duration HANDSHAKE_PATIENCE = Duration.ofSeconds(10);

    /// Older versions are broken. Source: RFC 8996.
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(CertificateFiles.class);

    private final Vertx vertx;
    private final Tls files;
    private final InstantSource clock;
    private final List<ListeningPort> ports = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile PemPair pair;
    private volatile Instant goodUntil;

    private CertificateFiles(Vertx vertx, Tls files, InstantSource clock) throws UnusableException {
        this.vertx = vertx;
        this.files = files;
        this.clock = clock;
        this.pair = PemPair.read(files.certificate(), files.key());
        this.goodUntil = tell("used", pair.checked(vertx));
        this.thread = Thread.ofVirtual().name("certificate-files").start(this::lookUntilClosed);
    }

    /// Reads the files.
    ///
    /// @throws ConfigException if they cannot be used
    public static CertificateFiles open(Vertx vertx, Tls files, InstantSource clock) {
        try {
            return new CertificateFiles(vertx, files, clock);
        } catch (UnusableException e) {
            throw new ConfigException("tls.certificate \"" + files.certificate() + "\" and tls.key \"" + files.key()
                    + "\" cannot be used: " + e.getMessage() + "; allowed: paths of PEM files that belong together");
        }
    }

    /// When the certificate in use expires.
    public Instant goodUntil() {
        return goodUntil;
    }

    /// Has a port that is to be opened speak TLS only.
    public void secure(NetServerOptions options) {
        options.setSsl(true)
                .setKeyCertOptions(pair.options())
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(HANDSHAKE_PATIENCE.toMillis());
    }

    /// Keeps an open port's certificate up to date.
    public synchronized void follow(ListeningPort port) {
        port.renew(options(pair));
        ports.add(port);
    }

    private void lookUntilClosed() {
        String complaint = "";
        try {
            while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                complaint = look(complaint);
            }
        } catch (InterruptedException _) {
            LOG.debug("stopped while looking at certificates");
        }
    }

    /// Takes what is new and whole.
    ///
    /// @param before what was wrong the last time, which the log need not tell again
    /// @return what is wrong now; empty if nothing is
    private synchronized String look(String before) {
        try {
            PemPair found = PemPair.read(files.certificate(), files.key());
            if (!found.equals(pair)) {
                X509Certificate certificate = found.checked(vertx);
                ports.forEach(port -> port.renew(options(found)));
                pair = found;
                goodUntil = tell("renewed", certificate);
            }
            return "";
        } catch (UnusableException e) {
            return complain(before, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.debug("TLS: a certificate could not be taken over", e);
            return complain(before, e.toString());
        }
    }

    private String complain(String before, String complaint) {
        if (!complaint.equals(before)) {
            LOG.warn(
                    "TLS: what {} and {} hold now is not used, the certificate of before stays: {}",
                    files.certificate(),
                    files.key(),
                    complaint);
        }
        return complaint;
    }

    private static ServerSSLOptions options(PemPair pair) {
        return new ServerSSLOptions().setKeyCertOptions(pair.options()).setEnabledSecureTransportProtocols(PROTOCOLS);
    }

    private Instant tell(String what, X509Certificate certificate) {
        Instant until = certificate.getNotAfter().toInstant();
        LOG.info("TLS: certificate {}: {}, good until {}", what, certificate.getSubjectX500Principal(), until);
        if (until.isBefore(clock.instant())) {
            LOG.warn("TLS: the certificate has expired: clients will refuse it");
        }
        return until;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
