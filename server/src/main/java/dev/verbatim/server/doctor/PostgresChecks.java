package dev.verbatim.server.doctor;

import dev.verbatim.HistoryException;
import dev.verbatim.postgres.Migrations.Migration;
import dev.verbatim.postgres.Migrations.State;
import dev.verbatim.postgres.PostgresVitals;
import dev.verbatim.postgres.Upkeep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whether PostgreSQL is as the store needs it. */
final class PostgresChecks {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration CLOCK = Duration.ofSeconds(1);
    private static final Duration OLD = Duration.ofMinutes(5);
    private static final Duration SLOW = Duration.ofMillis(250);

    private PostgresChecks() {}

    static List<Finding> of(String url, String remedyWhenAway) {
        List<Finding> findings = new ArrayList<>();
        Upkeep upkeep = new Upkeep(url, PATIENCE);
        PostgresVitals vitals;
        try {
            vitals = upkeep.vitals();
        } catch (HistoryException e) {
            return List.of(answers(false, String.valueOf(e.getMessage()), remedyWhenAway));
        }
        findings.add(answers(true, "version " + vitals.version(), remedyWhenAway));
        findings.add(version(vitals));
        findings.add(migrations(upkeep));
        findings.add(clock(vitals.clockAhead()));
        findings.add(fsync(vitals));
        findings.add(synchronousCommit(vitals));
        findings.add(connections(vitals));
        findings.add(transactions(vitals.oldestTransaction()));
        findings.add(statements(vitals));
        return findings;
    }

    private static Finding answers(boolean well, String found, String remedy) {
        return Finding.of(
                "PostgreSQL answers",
                well,
                found,
                "It holds every message: without it nothing is stored, and reads show only what Redis has.",
                remedy);
    }

    private static Finding version(PostgresVitals vitals) {
        return Finding.of(
                "PostgreSQL is new enough",
                vitals.versionNumber() >= PostgresVitals.OLDEST_VERSION,
                vitals.version(),
                "Verbatim needs version " + PostgresVitals.OLDEST_VERSION / 10_000 + " or newer.",
                "Upgrade the server.");
    }

    private static Finding migrations(Upkeep upkeep) {
        String question = "the tables are as this Verbatim needs them";
        String meaning = "A service brings them up to date when it starts.";
        String remedy = "Run ./verbatim schema status: it says where they are and what to do.";
        try {
            List<Migration> others = upkeep.migrations().all().stream()
                    .filter(one -> one.state() != State.DONE)
                    .toList();
            List<String> broken = upkeep.brokenIndexes();
            String found = others.stream()
                    .map(one -> one.version() + " is " + one.state().name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            return Finding.of(
                    question,
                    others.isEmpty() && broken.isEmpty(),
                    others.isEmpty() && broken.isEmpty()
                            ? "all migrations are done"
                            : found + String.join(", ", broken),
                    meaning,
                    remedy);
        } catch (HistoryException e) {
            return Finding.of(question, false, String.valueOf(e.getMessage()), meaning, remedy);
        }
    }

    private static Finding clock(Duration ahead) {
        return Finding.of(
                "the clocks of PostgreSQL and of this machine agree",
                ahead.abs().compareTo(CLOCK) <= 0,
                "PostgreSQL's is " + ahead.abs().toMillis() + " ms " + (ahead.isNegative() ? "behind" : "ahead"),
                "Messages are ordered by their numbers, whatever the clocks say; but times shown, log-ins and retention"
                        + " go by them.",
                "Run an NTP service, such as chrony, on both machines.");
    }

    private static Finding fsync(PostgresVitals vitals) {
        return Finding.of(
                "fsync is on",
                vitals.fsync(),
                vitals.fsync() ? "on" : "off",
                "What is committed is on the disk; without it a crash loses messages and can damage all.",
                "Set fsync = on in postgresql.conf and restart PostgreSQL.");
    }

    private static Finding synchronousCommit(PostgresVitals vitals) {
        return Finding.of(
                "synchronous_commit is on",
                !vitals.synchronousCommit().equals("off"),
                vitals.synchronousCommit(),
                "An answer to an append means that a crash does not lose it.",
                "Set synchronous_commit = on, in postgresql.conf or for the database or role.");
    }

    private static Finding connections(PostgresVitals vitals) {
        return Finding.of(
                "PostgreSQL has connections left",
                vitals.connections() * 10 <= vitals.connectionLimit() * 9,
                vitals.connections() + " of " + vitals.connectionLimit() + " are used",
                "A service that gets none answers 503.",
                "Raise max_connections, run fewer services, or see in pg_stat_activity who holds them.");
    }

    private static Finding transactions(Duration oldest) {
        return Finding.of(
                "no transaction is open for long",
                oldest.compareTo(OLD) <= 0,
                "the oldest is open for " + oldest.toSeconds() + " s",
                "Dead rows cannot be removed while an old one is open, so tables and looks at what changed get slower.",
                "Find it in pg_stat_activity by xact_start and end it: SELECT pg_terminate_backend(pid).");
    }

    private static Finding statements(PostgresVitals vitals) {
        boolean well = vitals.slowest().stream().noneMatch(one -> one.time().compareTo(SLOW) > 0);
        String list = vitals.slowest().stream()
                .map(one -> String.format(Locale.ROOT, "%.1f ms: %s", one.time().toNanos() / 1e6, one.text()))
                .collect(Collectors.joining("; "));
        String which = vitals.statistics() ? "slowest on average, by pg_stat_statements" : "running now";
        return Finding.of(
                "no statement is slow",
                well,
                which + ": " + (list.isEmpty() ? "none" : list),
                vitals.statistics()
                        ? "One takes more than " + SLOW.toMillis() + " ms only when something is wrong."
                        : "With the extension pg_stat_statements those of the past would be seen as well.",
                "Look at disk and CPU of PostgreSQL's machine; run ANALYZE, and EXPLAIN on the statement.");
    }
}
