package dev.verbatim.redis;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why no connection came about, in words that say what to do when it is TLS. */
final class TlsFaults {
    private TlsFaults() {}

    static String explain(@Nullable Throwable failure) {
        Throwable root = failure;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        String words = root == null
                ? "it does not answer"
                : Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName());
        if (root instanceof CertPathBuilderException || root instanceof CertPathValidatorException) {
            return "no CA that is trusted signed its certificate; name the file of the one that did, in PEM, by"
                    + " ?sslrootcert=FILE in the URL";
        }
        return root instanceof CertificateException
                ? words + "; name the host in the URL as its certificate does"
                : words;
    }
}
