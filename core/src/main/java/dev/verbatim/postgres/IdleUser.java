package dev.verbatim.postgres;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a user has that is older than asked for.
 *
 * @param id the user
 * @param namespace and name: how an application calls the user; null for one who logs in
 * @param email null for one whom an application named
 * @param conversations how many had no activity for so long; may be none
 * @param messages how many they have together
 * @param oldest when the first of them was last active; null when there is none
 */
public record IdleUser(
        UUID id,
        @Nullable String namespace,
        @Nullable String name,
        @Nullable String email,
        long conversations,
        long messages,
        @Nullable Instant oldest) {}
