package dev.verbatim.redis;

import dev.verbatim.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManagerFactory;

/** The CAs that a Redis' certificate may be signed by, out of a file in PEM. */
final class RedisCa {
    private RedisCa() {}

    /**
     * The file that {@code sslrootcert} names in {@code url}.
     *
     * @throws InvalidInputException when the URL asks for no TLS
     */
    static String file(String url, String encoded) {
        if (!url.strip().startsWith("rediss")) {
            throw new InvalidInputException("redisUrl", "sslrootcert in redisUrl needs TLS; begin it with rediss://");
        }
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("redisUrl", "sslrootcert in redisUrl must be percent-encoded");
        }
    }

    /**
     * Trusts the CAs in {@code file}, and no others.
     *
     * @throws InvalidInputException when it cannot be read, or there is none in it
     */
    static TrustManagerFactory trust(String file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(file)))) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw unreadable(file);
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return trust;
        } catch (IOException | GeneralSecurityException | InvalidPathException e) {
            throw unreadable(file);
        }
    }

    private static InvalidInputException unreadable(String file) {
        return new InvalidInputException(
                "redisUrl",
                "sslrootcert in redisUrl names " + file
                        + ", which cannot be read or holds no certificate; make it a file of certificates in PEM");
    }
}
