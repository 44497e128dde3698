package dev.verbatim.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How to run PostgreSQL, which refuses to run as root: what to write before its command, and to whom its files belong.
 *
 * @param prefix the command that gives up root, or nothing
 */
record Unprivileged(List<String> prefix, int uid, int gid) {
    private static final int NOBODY = 65_534;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Finds the first way that works here: it must be able to run that executable. */
    static Unprivileged choose(DataDirectory data, Path executable) throws IOException {
        Path output = data.file("setup.log");
        String reason = "no unshare and no setpriv on this machine";
        for (Unprivileged way : ways(data)) {
            Tools.Result result;
            try {
                result = Tools.run(way.command(List.of(executable.toString(), "--version")), output, LIMIT);
            } catch (IOException e) {
                result = new Tools.Result(1, String.valueOf(e.getMessage()));
            }
            if (result.exit() == 0) {
                return way;
            }
            reason = LogFile.telling(result.output());
        }
        throw new EmbeddedException("Cannot run PostgreSQL out of " + executable.getParent() + " (" + reason
                + "): choose a data directory every user can reach, on a file system that allows programs, or start Verbatim"
                + " as an ordinary user");
    }

    private static List<Unprivileged> ways(DataDirectory data) throws IOException {
        Path owned = Files.exists(data.postgres()) ? data.postgres() : data.root();
        int owner = Trees.uid(owned);
        int group = Trees.gid(owned);
        if (!isRoot(data)) {
            return List.of(new Unprivileged(List.of(), owner, group));
        }
        List<Unprivileged> ways = new ArrayList<>();
        if (owner != Trees.ROOT) {
            as(owner, group, ways);
        }
        // In a user namespace without a mapping PostgreSQL sees a nameless user, while to files it is root as before.
        Tools.find("unshare")
                .ifPresent(tool -> ways.add(new Unprivileged(List.of(tool, "--user"), Trees.ROOT, Trees.ROOT)));
        as(NOBODY, NOBODY, ways);
        return ways;
    }

    private static void as(int uid, int gid, List<Unprivileged> ways) {
        Tools.find("setpriv")
                .ifPresent(tool -> ways.add(new Unprivileged(
                        List.of(tool, "--reuid=" + uid, "--regid=" + gid, "--clear-groups"), uid, gid)));
    }

    /** Whoever owns a new file is who we are; what else tells that differs between systems. */
    private static boolean isRoot(DataDirectory data) throws IOException {
        Path probe = data.file("owner.tmp");
        Files.deleteIfExists(probe);
        try {
            return Trees.uid(Files.createFile(probe)) == Trees.ROOT;
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    /** Makes a tree belong to the user PostgreSQL runs as. */
    void own(Path tree) throws IOException {
        if (!prefix.isEmpty() && Trees.uid(tree) != uid) {
            Trees.chown(tree, uid, gid);
        }
    }
}
