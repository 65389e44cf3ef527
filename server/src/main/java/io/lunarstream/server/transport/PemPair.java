package io.lunarstream.server.transport;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/// A certificate with those that lead to its root, and its private key, as PEM text.
///
/// @param certificate the certificates, the server's first
/// @param key the private key, RSA or EC
record PemPair(Buffer certificate, Buffer key) {

    /// A chain of certificates takes some kilobytes; a file above this is another one.
    private static final int MAX_FILE_BYTES = 1 << 20;

    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC");

    /// Why a pair cannot be used, in words for the operator.
    static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message);
        }
    }

    static PemPair read(Path certificate, Path key) throws UnusableException {
        return new PemPair(read(certificate), read(key));
    }

    private static Buffer read(Path file) throws UnusableException {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new UnusableException(file + " is no PEM file: it has more than " + MAX_FILE_BYTES + " bytes");
            }
            return Buffer.buffer(Files.readAllBytes(file));
        } catch (NoSuchFileException _) {
            throw new UnusableException(file + " is not there");
        } catch (AccessDeniedException _) {
            throw new UnusableException(file + " may not be read by this user");
        } catch (IOException e) {
            throw new UnusableException(file + " cannot be read: " + e.getMessage());
        }
    }

    PemKeyCertOptions options() {
        return new PemKeyCertOptions().setCertValue(certificate).setKeyValue(key);
    }

    /// The server's certificate, if the key is its key: a file of which half is written, or one of the pair before,
    /// must not be used.
    X509Certificate checked(Vertx vertx) throws UnusableException {
        X509KeyManager manager = keyManager(vertx);
        for (String algorithm : KEY_ALGORITHMS) {
            String[] aliases = manager.getServerAliases(algorithm, null);
            if (aliases != null && aliases.length > 0) {
                X509Certificate own = manager.getCertificateChain(aliases[0])[0];
                requireMatch(own, manager.getPrivateKey(aliases[0]));
                return own;
            }
        }
        throw new UnusableException("the certificate is neither for an RSA nor for an EC key");
    }

    private X509KeyManager keyManager(Vertx vertx) throws UnusableException {
        try {
            for (KeyManager manager : options().getKeyManagerFactory(vertx).getKeyManagers()) {
                if (manager instanceof X509KeyManager found) {
                    return found;
                }
            }
        } catch (Exception e) {
            throw new UnusableException(firstLine(e));
        }
        throw new IllegalStateException("the platform manages no X.509 keys");
    }

    private static void requireMatch(X509Certificate certificate, PrivateKey key) throws UnusableException {
        try {
            Signature signature =
                    Signature.getInstance(key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
            signature.initSign(key);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            if (signature.verify(signed)) {
                return;
            }
        } catch (GeneralSecurityException _) {
            // A key of another kind, which cannot be the right one either.
        }
        throw new UnusableException("the key is not the certificate's");
    }

    private static String firstLine(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage()).lines().findFirst().orElse("not PEM");
    }
}
