package dev.verbatim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** A CA and certificates that it signs, made by the running JDK's own tool. */
final class Certificates {
    private static final String PASSWORD = "changeit";

    private final Path directory;

    private Certificates(Path directory) {
        this.directory = directory;
    }

    /** A new CA with its files in that directory. */
    static Certificates in(Path directory) throws Exception {
        Certificates certificates = new Certificates(Files.createDirectories(directory));
        certificates.keytool("ca", "-genkeypair", "-keyalg", "EC", "-dname", "CN=Test CA", "-ext", "bc:c");
        certificates.keytool("ca", "-exportcert", "-rfc", "-file", "ca.pem");
        return certificates;
    }

    /** The CA's certificate. */
    Path ca() {
        return directory.resolve("ca.pem");
    }

    /**
     * A certificate and its key, as text in PEM.
     *
     * @param host as keytool names it: {@code ip:127.0.0.1}, {@code dns:example.org}
     */
    List<String> sign(String host) throws Exception {
        String name = host.replaceAll("[^a-z0-9]", "-");
        keytool(name, "-genkeypair", "-keyalg", "EC", "-dname", "CN=server");
        keytool(name, "-certreq", "-file", name + ".csr");
        keytool("ca", "-gencert", "-rfc", "-infile", name + ".csr", "-outfile", name + ".pem", "-ext", "san=" + host);
        String pem = Files.readString(directory.resolve(name + ".pem"));
        return List.of(pem.replace("\r", ""), key(name));
    }

    private String key(String alias) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("keys.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        byte[] key = store.getKey(alias, PASSWORD.toCharArray()).getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
    }

    private void keytool(String alias, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-J-Duser.language=en"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", alias, "-keystore", "keys.p12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.format(Locale.ROOT, "keytool %s: %s", arguments[0], said));
        }
    }
}
