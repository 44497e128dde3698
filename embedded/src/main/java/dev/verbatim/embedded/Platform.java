package dev.verbatim.embedded;

import java.util.Locale;

/** The machine we run on, as the artifacts with executables name it. */
record Platform(String os, String arch) {

    /** @throws EmbeddedException on a system without such artifacts */
    static Platform current() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        if (!os.equals("linux") && !os.startsWith("mac")) {
            throw new EmbeddedException("The embedded servers run on Linux and macOS, not on " + os
                    + ": use an external PostgreSQL and Redis");
        }
        return new Platform(os.equals("linux") ? os : "darwin", arch.equals("x86_64") ? "amd64" : arch);
    }

    String postgresArchive() {
        String name = switch (arch) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> arch;
        };
        return "postgres-" + os + "-" + name + ".txz";
    }

    String redisServer(String version) {
        return "redis-server-" + version + "-" + os + "-" + (arch.equals("aarch64") ? "arm64" : arch);
    }

    @Override
    public String toString() {
        return os + "/" + arch;
    }
}
