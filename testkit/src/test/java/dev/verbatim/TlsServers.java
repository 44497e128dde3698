package dev.verbatim;

import dev.verbatim.testkit.RealServers;
import dev.verbatim.testkit.RedisCommands;
import dev.verbatim.testkit.proxy.FaultProxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The real servers while they speak TLS too; PostgreSQL at its usual port, Redis at another one. */
final class TlsServers implements AutoCloseable {
    private final String database = RealServers.newDatabase();
    private final String redis = RealServers.emptyRedis();
    private final int redisPort = FaultProxy.freePort();
    private final Path directory;

    TlsServers(Path directory) {
        this.directory = directory;
    }

    /** Has both show that certificate from now on; PostgreSQL a moment later. */
    void show(List<String> certificateAndKey) throws Exception {
        Path certificate = Files.writeString(directory.resolve("shown.pem"), certificateAndKey.getFirst());
        Path key = Files.writeString(directory.resolve("shown.key"), certificateAndKey.getLast());
        RedisCommands.send(
                redis,
                "CONFIG SET tls-auth-clients no tls-cert-file \"" + certificate + "\" tls-key-file \"" + key
                        + "\" tls-port " + redisPort);
        // Its user may read nobody else's files, and takes no key that others may read.
        write("verbatim-test.crt", certificateAndKey.getFirst());
        write("verbatim-test.key", certificateAndKey.getLast());
        sql("ALTER SYSTEM SET ssl_cert_file = 'verbatim-test.crt'");
        sql("ALTER SYSTEM SET ssl_key_file = 'verbatim-test.key'");
        sql("ALTER SYSTEM SET ssl = on");
        sql("SELECT pg_reload_conf()");
    }

    private void write(String file, String text) throws SQLException {
        sql("COPY (SELECT unnest(string_to_array('" + text.strip() + "', chr(10)))) TO PROGRAM 'umask 077; cat > "
                + file + "'");
    }

    /** PostgreSQL's address, with what {@code sslmode} and more is set to. */
    String database(String parameters) {
        URI uri = URI.create(database.substring("jdbc:".length()).replaceFirst("sslmode=[a-z]+&?", ""));
        return "jdbc:" + uri + (uri.getQuery() == null ? "?" : "&") + parameters;
    }

    /** Redis' address, with what follows the port. */
    String redis(String rest) {
        String login = URI.create(redis).getRawUserInfo();
        return "rediss://" + (login == null ? "" : login + "@") + "127.0.0.1:" + redisPort + rest;
    }

    /** Redis' address without TLS. */
    String plainRedis() {
        return redis;
    }

    /** Does one thing past the store, without TLS. */
    void sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        RedisCommands.send(redis, "CONFIG SET tls-port 0");
        for (String setting : List.of("ssl", "ssl_cert_file", "ssl_key_file")) {
            sql("ALTER SYSTEM RESET " + setting);
        }
        sql("SELECT pg_reload_conf()");
    }
}
