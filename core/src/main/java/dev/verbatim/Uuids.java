package dev.verbatim;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Name-based (version 5) and time-ordered (version 7) UUIDs of RFC 9562. */
final class Uuids {
    /** The name space of owners; itself made from the project's domain in RFC 9562's DNS name space. */
    static final UUID USER_SPACE = sha1(UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "users.verbatim.dev");

    private static final TimeBasedEpochGenerator TIME_ORDERED = Generators.timeBasedEpochGenerator();

    private Uuids() {}

    static UUID timeOrdered() {
        return TIME_ORDERED.generate();
    }

    /** The UUID of two names in {@code space}; a NUL between them, which no name contains, keeps pairs apart. */
    static UUID nameBased(UUID space, String first, String second) {
        return sha1(space, first + '\0' + second);
    }

    static UUID nameBased(UUID space, String name) {
        return sha1(space, name);
    }

    private static UUID sha1(UUID space, String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return Generators.nameBasedGenerator(space, digest).generate(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-1", e);
        }
    }
}
