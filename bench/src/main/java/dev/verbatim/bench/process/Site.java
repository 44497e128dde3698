package dev.verbatim.bench.process;

import dev.verbatim.bench.load.Dialogues;
import dev.verbatim.bench.rival.Kind;
import dev.verbatim.embedded.EmbeddedConfig;
import dev.verbatim.embedded.EmbeddedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One PostgreSQL, one Redis, and the processes that use them. For one thread at a time. */
public final class Site implements AutoCloseable {
    private final Path work;
    private final Path dialogues;
    private final EmbeddedServers servers;
    private final RedisAdmin redis;
    private final Map<String, ChildProcess> children = new HashMap<>();
    private final List<Service> services = new ArrayList<>();
    private final Set<Kind> begun = EnumSet.noneOf(Kind.class);

    /**
     * Starts the servers.
     *
     * @param root the project's directory
     * @param work where data and logs go
     */
    public Site(Path root, Path work) {
        this.work = work.toAbsolutePath();
        dialogues = Dialogues.file(root).toAbsolutePath();
        try {
            Files.createDirectories(this.work);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        servers = EmbeddedServers.start(EmbeddedConfig.of(this.work.resolve("data")));
        redis = new RedisAdmin(servers.redisUri());
        redis.flush();
    }

    /** The file the messages are from. */
    public Path dialogues() {
        return dialogues;
    }

    /** Redis, to be looked at. */
    public RedisAdmin redis() {
        return redis;
    }

    /** The process of a rival, with an empty database of its own; started when first asked for. */
    public ChildProcess of(Kind kind) {
        return of(kind, kind.database());
    }

    /** The process of a rival on a database of this name, which is made anew when first asked for. */
    public ChildProcess of(Kind kind, String database) {
        return children.computeIfAbsent(kind + " on " + database, name -> {
            newDatabase(database);
            return start(kind.name(), databaseUrl(database));
        });
    }

    /** Whether this was not asked of {@code kind} before. */
    public boolean isFirst(Kind kind) {
        return begun.add(kind);
    }

    /** The process of the HTTP client. */
    public ChildProcess httpClient() {
        return children.computeIfAbsent("http", name -> start(name, databaseUrl("postgres")));
    }

    private ChildProcess start(String name, String databaseUrl) {
        Map<String, String> environment = Map.of(
                Child.DATABASE, databaseUrl, Child.REDIS, servers.redisUri(), Child.DIALOGUES, dialogues.toString());
        return ChildProcess.start(name, environment, work.resolve(name + ".log"));
    }

    /** A service on the database of {@link Kind#VERBATIM}; waits until it is ready. */
    public Service service() {
        Service service = Service.start(databaseUrl(Kind.VERBATIM.database()), servers.redisUri(), work);
        services.add(service);
        return service;
    }

    /** The limit of HTTP; see {@link dev.verbatim.bench.http.BareServer}. */
    public Service bareServer(Service answers, int conversations) {
        Service bare = Service.bare(answers, conversations, work);
        services.add(bare);
        return bare;
    }

    /** The address of a database here; secret. */
    public String databaseUrl(String database) {
        String url = servers.jdbcUrl();
        int path = url.lastIndexOf('/');
        int query = url.indexOf('?');
        return url.substring(0, path + 1) + database + (query < 0 ? "" : url.substring(query));
    }

    /** Makes an empty database, in place of one of that name. */
    public void newDatabase(String name) {
        execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        execute("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8'");
    }

    /** Writes to disk what was written before, so that nobody pays for what another did. */
    public void checkpoint() {
        execute("CHECKPOINT");
    }

    /** Does something in the main database. */
    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(servers.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The version of PostgreSQL and its settings that matter. */
    public String postgres() {
        try (Connection connection = DriverManager.getConnection(servers.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_setting('server_version') || ', fsync '"
                        + " || current_setting('fsync') || ', synchronous_commit '"
                        + " || current_setting('synchronous_commit') || ', shared_buffers '"
                        + " || current_setting('shared_buffers')")) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        children.values().forEach(ChildProcess::close);
        services.forEach(Service::close);
        redis.close();
        servers.close();
    }
}
