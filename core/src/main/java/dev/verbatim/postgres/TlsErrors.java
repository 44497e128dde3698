package dev.verbatim.postgres;

import java.io.FileNotFoundException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What to do about a connection that did not come about because of TLS. */
final class TlsErrors {
    private static final String REJECTED = "08004";

    private TlsErrors() {}

    /** What is wrong and what to do; null when it is nothing of TLS. The driver's words are in the user's language. */
    static @Nullable String explain(SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (cause(e, CertPathBuilderException.class) != null || cause(e, CertPathValidatorException.class) != null) {
            return "no CA that is trusted signed its certificate; name the file of the one that did, in PEM, by"
                    + " sslrootcert=FILE in the URL";
        }
        if (message.contains("PgjdbcHostnameVerifier")) {
            return "its certificate is for another host name; name the host in the URL as its certificate does";
        }
        Throwable missing = cause(e, FileNotFoundException.class);
        if (missing != null) {
            return "a file for TLS cannot be read, " + missing.getMessage()
                    + "; name the file of the CA, in PEM, by sslrootcert=FILE in the URL";
        }
        return REJECTED.equals(e.getSQLState()) && message.contains("SSL")
                ? "it does not speak TLS; set ssl = on there, or leave sslmode out of the URL"
                : null;
    }

    private static @Nullable Throwable cause(Throwable e, Class<? extends Throwable> type) {
        Throwable cause = e;
        while (cause != null && !type.isInstance(cause)) {
            cause = cause.getCause();
        }
        return cause;
    }
}
