package dev.verbatim.server;

import dev.verbatim.Accounts;
import dev.verbatim.Accounts.NewKey;
import dev.verbatim.Accounts.Role;
import dev.verbatim.Accounts.SecretKind;
import dev.verbatim.Owner;
import dev.verbatim.SecretHash;
import dev.verbatim.server.auth.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How whoever starts the service gets in: the admin key in the data directory, and a one-time code. */
final class AdminAccess {
    private static final Logger LOG = LoggerFactory.getLogger(AdminAccess.class);
    private static final Duration CODE_TIME = Duration.ofMinutes(10);

    private final Accounts accounts;
    private final Path file;

    AdminAccess(Accounts accounts, Path dataDirectory) {
        this.accounts = accounts;
        this.file = dataDirectory.resolve("api-key");
    }

    /** The file that holds the admin key. */
    Path file() {
        return file;
    }

    /**
     * Sees to it that there is an admin key: that of the settings, or the one in the file, or on the first start a new one,
     * which is written there. A key that was revoked is not brought back.
     *
     * @throws IOException when the file cannot be read or written
     */
    void ensureKey(@Nullable String keyOfSettings) throws IOException {
        boolean known = accounts.ensureAdmin();
        if (keyOfSettings != null) {
            return;
        }
        Optional<String> key = read();
        if (key.isEmpty() || (!known && !isGood(key.get()))) {
            make();
        } else if (!isGood(key.get())) {
            LOG.warn(
                    "the key in {} is not valid here (revoked, or of another database); to have a new one made,"
                            + " delete the file and start again",
                    file);
        }
    }

    /** A new one-time code, good for ten minutes. */
    String newCode() {
        String code = Secrets.code();
        accounts.addSecret(
                Accounts.ADMIN_ID,
                SecretHash.of(code),
                SecretKind.CODE,
                Instant.now().plus(CODE_TIME));
        return code;
    }

    private boolean isGood(String key) {
        return accounts.principal(SecretHash.of(key)).isPresent();
    }

    private Optional<String> read() throws IOException {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void make() throws IOException {
        String key = Secrets.key();
        UUID id = accounts.addKey(new NewKey(
                        SecretHash.of(key),
                        Secrets.prefix(key),
                        "made at the first start",
                        Role.ADMIN,
                        Owner.DEFAULT_NAMESPACE,
                        null,
                        null))
                .orElseThrow()
                .id();
        try {
            write(key);
        } catch (IOException e) {
            accounts.removeKey(id);
            throw e;
        }
    }

    /** Whole or not at all, and never readable by others, not even for a moment. */
    private void write(String key) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path made = Files.createTempFile(
                directory,
                "api-key",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(made, key + "\n");
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
