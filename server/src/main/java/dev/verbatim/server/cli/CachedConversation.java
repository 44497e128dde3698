package dev.verbatim.server.cli;

import dev.verbatim.Change;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryConfig;
import dev.verbatim.Owner;
import dev.verbatim.postgres.ChangeLog;
import dev.verbatim.postgres.Upkeep;
import dev.verbatim.redis.CachedTail;
import dev.verbatim.redis.RedisTail;
import dev.verbatim.server.ServerAddresses;
import dev.verbatim.server.ServerConfig;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One conversation, as it is named on the command line, in Redis and in PostgreSQL. */
final class CachedConversation {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Parameters(paramLabel = "ID", description = "The conversation's id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String id;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private User user;

    /** Whose it is, one way or the other. */
    private static final class User {
        @Option(names = "--user", paramLabel = "NAME", description = "Whose it is, as Verbatim-User has it.")
        private @Nullable String name;

        @Option(names = "--user-id", paramLabel = "UUID", description = "Whose it is, by the id of the account.")
        private @Nullable UUID id;
    }

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            defaultValue = Owner.DEFAULT_NAMESPACE,
            description = "The namespace of the user's name, when the application's key has one.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String namespace;

    String show(ServerConfig config) {
        ConversationKey key = key();
        String database = ServerAddresses.requireDatabase(config);
        long epoch = epoch(database);
        @Nullable CachedTail cached;
        try (RedisTail redis = redis(config, database, epoch)) {
            cached = redis.peek(key);
        }
        Optional<Change> stored = new Upkeep(database, PATIENCE).end(key);
        return inRedis(cached)
                + System.lineSeparator()
                + inPostgres(stored)
                + System.lineSeparator()
                + verdict(cached, stored);
    }

    void evict(ServerConfig config) {
        String database = ServerAddresses.requireDatabase(config);
        try (RedisTail redis = redis(config, database, 0)) {
            redis.drop(key());
        }
    }

    private ConversationKey key() {
        Owner owner = user.id != null
                ? Owner.registered(user.id)
                : Owner.named(namespace, Objects.requireNonNull(user.name, "picocli sees to one of both"));
        return ConversationKey.of(owner, id);
    }

    private static RedisTail redis(ServerConfig config, String database, long epoch) {
        return RedisTail.connect(HistoryConfig.of(database, ServerAddresses.requireRedis(config)), () -> epoch);
    }

    private static long epoch(String database) {
        try (ChangeLog log = new ChangeLog(HistoryConfig.of(database, "redis://unused"))) {
            return log.poll(null).epoch();
        }
    }

    private static String inRedis(@Nullable CachedTail cached) {
        if (cached == null) {
            return "Redis: nothing that counts";
        }
        String known = "known to be committed: generation " + cached.needGen() + " up to message " + cached.needSeq();
        return cached.hasData()
                ? "Redis: messages " + cached.lo() + " to " + cached.hi() + " of generation " + cached.gen() + ", "
                        + cached.size() + " bytes; " + known
                : "Redis: no messages, " + cached.size() + " bytes; " + known;
    }

    private static String inPostgres(Optional<Change> stored) {
        return stored.map(end -> "PostgreSQL: messages up to " + end.seq() + " of generation " + end.gen())
                .orElse("PostgreSQL: no such conversation");
    }

    private static String verdict(@Nullable CachedTail cached, Optional<Change> stored) {
        if (cached == null && stored.isEmpty()) {
            return "There is nothing to be read; see the spelling of the id and whose it is.";
        }
        if (cached == null || !cached.current()) {
            return "The next read comes from PostgreSQL and caches it anew.";
        }
        boolean same = stored.isPresent()
                && stored.get().gen() == cached.gen()
                && stored.get().seq() == cached.hi();
        return same
                ? "The entry is what PostgreSQL holds; reads of its messages come from Redis."
                : "The entry is not what PostgreSQL holds. While a change is under way that is right for a moment; if it"
                        + " stays so, run ./verbatim cache evict, and please report it.";
    }
}
