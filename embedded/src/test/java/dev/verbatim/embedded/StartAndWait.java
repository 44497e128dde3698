package dev.verbatim.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** A process of its own that starts the servers and runs until it is killed, or its standard input ends. */
final class StartAndWait {
    static final String READY = "READY";
    static final String STILL_SERVING = "STILL SERVING";

    private StartAndWait() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        EmbeddedServers servers = EmbeddedServers.start(EmbeddedConfig.of(Path.of(arguments[0])));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drainAndClose(servers)));
        Sql.run(servers.jdbcUrl(), "CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS n");
        System.out.println(READY + " " + servers.jdbcUrl());
        System.in.transferTo(System.out);
    }

    private static void drainAndClose(EmbeddedServers servers) {
        if (Sql.valueOrError(servers.jdbcUrl(), "SELECT n FROM kept").equals("42")) {
            System.out.println(STILL_SERVING);
        }
        servers.close();
    }
}
