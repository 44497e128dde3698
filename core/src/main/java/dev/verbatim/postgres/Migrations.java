package dev.verbatim.postgres;

import dev.verbatim.HistoryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/**
 * The tables' versions: which there are, which a database has, and how it gets from one to the next. Several processes may
 * migrate at once: Flyway locks by a transaction's advisory lock, PgBouncer between or not.
 */
public final class Migrations {
    private static final String FIRST = "/db/migration/V1__conversations.sql";

    private final DataSource source;

    Migrations(DataSource source) {
        this.source = source;
    }

    /** How far a migration got. */
    public enum State {
        /** It is in the database. */
        DONE,
        /** It is not, and the next start of a service brings it. */
        PENDING,
        /** It broke off half-way: only one that cannot run in a transaction does. */
        FAILED,
        /** It is in the database, and this program does not know it: a newer one brought it. */
        UNKNOWN
    }

    /**
     * One migration.
     *
     * @param version such as {@code 3}
     * @param description in words
     */
    public record Migration(String version, String description, State state) {}

    /**
     * Does what is pending.
     *
     * @return how many that were
     * @throws HistoryException when one fails; those before it stay done, it itself is undone
     */
    public int migrate() {
        return migrate(MigrationVersion.LATEST);
    }

    /** As {@link #migrate()}, up to a version. */
    public int migrateTo(String version) {
        return migrate(MigrationVersion.fromVersion(version));
    }

    private int migrate(MigrationVersion target) {
        try {
            return flyway(target).migrate().migrationsExecuted;
        } catch (FlywayException e) {
            throw new HistoryException(
                    "the tables could not be made or brought up to date: " + telling(e)
                            + "; ./verbatim schema status says where they are",
                    e);
        }
    }

    /** All that there are, oldest first. */
    public List<Migration> all() {
        try {
            return Arrays.stream(flyway(MigrationVersion.LATEST).info().all())
                    .filter(info -> info.getVersion() != null)
                    .map(Migrations::of)
                    .toList();
        } catch (FlywayException e) {
            throw new HistoryException("the tables' versions cannot be read: " + telling(e), e);
        }
    }

    /** Forgets migrations that broke off, so that {@link #migrate()} tries them again: what they did stays done. */
    public void forgetFailed() {
        try {
            flyway(MigrationVersion.LATEST).repair();
        } catch (FlywayException e) {
            throw new HistoryException("the tables' versions cannot be put right: " + telling(e), e);
        }
    }

    /** The texts of all that this program knows, by the names of their files, oldest first; asks no server. */
    public static Map<String, String> texts() {
        try {
            URI one =
                    Objects.requireNonNull(Migrations.class.getResource(FIRST)).toURI();
            if (!one.getScheme().equals("jar")) {
                return texts(Path.of(one));
            }
            try (FileSystem jar = FileSystems.newFileSystem(one, Map.of())) {
                return texts(jar.getPath(FIRST));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those beside one of them. */
    private static Map<String, String> texts(Path one) throws IOException {
        Path directory = Objects.requireNonNull(one.getParent());
        Map<String, String> texts = new TreeMap<>(Comparator.comparing(Migrations::versionOf));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "V*__*.sql")) {
            for (Path file : files) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }

    private static MigrationVersion versionOf(String script) {
        return MigrationVersion.fromVersion(script.substring(1, script.indexOf("__")));
    }

    /** Whether version {@code a} is newer than {@code b}. */
    public static boolean isNewer(String a, String b) {
        return MigrationVersion.fromVersion(a).compareTo(MigrationVersion.fromVersion(b)) > 0;
    }

    private static Migration of(MigrationInfo info) {
        State state;
        if (info.getState().isFailed()) {
            state = State.FAILED;
        } else if (!info.getState().isResolved()) {
            state = State.UNKNOWN;
        } else {
            state = info.getState().isApplied() ? State.DONE : State.PENDING;
        }
        return new Migration(info.getVersion().getVersion(), info.getDescription(), state);
    }

    private Flyway flyway(MigrationVersion target) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/migration")
                .target(target)
                .load();
    }

    private static String telling(FlywayException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
