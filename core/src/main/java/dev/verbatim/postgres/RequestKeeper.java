package dev.verbatim.postgres;

import dev.verbatim.Claim;
import dev.verbatim.HistoryException;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says now and then that the requests this process works at are alive, and takes away those that have expired. Its thread
 * starts with the first request, so that whoever has none pays nothing. Thread-safe.
 */
final class RequestKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RequestKeeper.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int PAUSES_BETWEEN_TRIMS = 30;

    private final Database database;
    private final Set<Claim> underWay = ConcurrentHashMap.newKeySet();
    private @Nullable Thread thread;
    private volatile boolean closed;

    RequestKeeper(Database database) {
        this.database = database;
    }

    void add(Claim claim) {
        underWay.add(claim);
        start();
    }

    void remove(Claim claim) {
        underWay.remove(claim);
    }

    private synchronized void start() {
        if (thread == null && !closed) {
            thread = Thread.ofPlatform().daemon().name("request-keeper").start(this::run);
        }
    }

    private void run() {
        for (int pauses = 1; !closed; pauses++) {
            LockSupport.parkNanos(this, PAUSE.toNanos());
            try {
                renew();
                if (pauses % PAUSES_BETWEEN_TRIMS == 0) {
                    trim();
                }
            } catch (HistoryException e) {
                LOG.debug("not now", e);
            }
        }
    }

    private void renew() {
        List<Claim> claims = List.copyOf(underWay);
        if (closed || claims.isEmpty()) {
            return;
        }
        database.query(
                RequestStatements.RENEW,
                statement -> {
                    statement.setArray(1, Columns.uuids(statement.getConnection(), claims, Claim::owner));
                    statement.setArray(2, Columns.array(statement.getConnection(), ArrayType.TEXT, claims, Claim::id));
                    statement.setArray(3, Columns.uuids(statement.getConnection(), claims, Claim::holder));
                },
                ResultSet::next);
    }

    /** All that have expired, some at a time. */
    void trim() {
        while (!closed && database.query(RequestStatements.TRIM, statement -> {}, ResultSet::next)) {
            // Until none is left.
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }
}
