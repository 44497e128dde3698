package dev.verbatim.postgres;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises a COMMIT in what a client sends on one connection: as text, or later by a name it was given. */
final class CommitSeen {
    private static final Pattern NAMED = Pattern.compile("([A-Z]_[0-9a-f]+)\0COMMIT\0");

    private final Set<String> names = new HashSet<>();

    boolean isIn(byte[] buffer, int n) {
        String sent = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
        Matcher named = NAMED.matcher(sent);
        while (named.find()) {
            names.add("\0" + named.group(1) + "\0");
        }
        return sent.contains("COMMIT") || names.stream().anyMatch(sent::contains);
    }
}
