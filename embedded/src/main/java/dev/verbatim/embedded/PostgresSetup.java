package dev.verbatim.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes PostgreSQL's own directory, once, and checks the one there is. */
final class PostgresSetup {
    private final DataDirectory data;
    private final Unprivileged unprivileged;
    private final Path home;

    PostgresSetup(DataDirectory data, Unprivileged unprivileged, Path home) {
        this.data = data;
        this.unprivileged = unprivileged;
        this.home = home;
    }

    void prepare(String user, String password, Duration limit) throws IOException {
        Path work = data.file("postgres.tmp");
        if (!Files.exists(data.postgres())) {
            initialise(work, user, password, limit);
        }
        Trees.delete(work);
        checkVersion();
        unprivileged.own(data.postgres());
        forgetForeignPid();
    }

    /** Works beside and renames at the end: a start that is killed leaves nothing that looks finished. */
    private void initialise(Path work, String user, String password, Duration limit) throws IOException {
        Trees.createDirectoryPrivately(work);
        Trees.writePrivately(work.resolve("password"), password + "\n");
        unprivileged.own(work);
        Path made = work.resolve("data");
        Tools.Result result = Tools.run(
                unprivileged.command(command(made, work.resolve("password"), user)), data.file("setup.log"), limit);
        if (result.exit() != 0) {
            throw EmbeddedException.isDiskFull(result.output())
                    ? EmbeddedException.diskFull(data.root(), null)
                    : new EmbeddedException("initdb failed: " + LogFile.telling(result.output())
                            + " (all it said is in " + data.file("setup.log") + "; correct that and start again)");
        }
        Trees.moveDurably(made, data.postgres());
    }

    /** The locale is built into PostgreSQL: the same order of text on every machine, whatever is installed there. */
    private List<String> command(Path made, Path passwordFile, String user) {
        return List.of(
                home.resolve("bin/initdb").toString(),
                "--pgdata=" + made,
                "--username=" + user,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums");
    }

    private void checkVersion() throws IOException {
        Path file = data.postgres().resolve("PG_VERSION");
        String version = Files.exists(file) ? Files.readString(file).strip() : "unknown";
        if (!version.equals(PostgresServer.MAJOR)) {
            throw new EmbeddedException("The data directory " + data.root() + " holds data of PostgreSQL " + version
                    + ", and this Verbatim brings PostgreSQL " + PostgresServer.MAJOR
                    + ": use the Verbatim it was made with, or choose another data directory");
        }
    }

    /**
     * PostgreSQL does not start while any process has the number its last postmaster had. None of ours runs now, so
     * that is a stranger, or a dead one nobody reaps, and the number can be forgotten; unless it is a PostgreSQL
     * somebody started by hand.
     */
    private void forgetForeignPid() throws IOException {
        Path file = data.postgres().resolve("postmaster.pid");
        String pid =
                Files.exists(file) ? Files.readString(file).lines().findFirst().orElse("") : "";
        if (!pid.matches("[0-9]{1,18}")) {
            return;
        }
        Optional<ProcessHandle> stranger = ProcessHandle.of(Long.parseLong(pid));
        if (stranger.isPresent()) {
            if (stranger.flatMap(Orphans::executable)
                    .filter(path -> path.endsWith("postgres"))
                    .isPresent()) {
                throw new EmbeddedException("Another PostgreSQL (pid " + pid + ") seems to be running on "
                        + data.postgres() + ": stop it and start again");
            }
            Files.delete(file);
        }
    }
}
