package dev.verbatim.server.importing;

import dev.verbatim.HistoryStore;
import dev.verbatim.server.http.Access;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.RequestContext;
import dev.verbatim.server.http.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Takes files with conversations in for whoever calls. A file is written to disk before anything of it is stored: what it
 * is stands in it, and a client that breaks off leaves nothing half done.
 */
public final class ImportRoutes {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Files that come in at the same time. */
    private static final int AT_ONCE = 32;

    private static final int RETRY_SECONDS = 5;

    private final HistoryStore store;
    private final Spool spool;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** What an import may hold in memory follows from the JVM's: so they take turns. */
    private final Semaphore turn = new Semaphore(1, true);

    private ImportRoutes(HistoryStore store, Spool spool) {
        this.store = store;
        this.spool = spool;
    }

    /**
     * Adds the route.
     *
     * @param directory where files are kept while they are read
     */
    public static void register(Routes routes, HistoryStore store, Path directory) {
        ImportRoutes handlers = new ImportRoutes(store, new Spool(directory.resolve("imports")));
        routes.add("POST", "/api/import", Access.USER, handlers::bring, "format");
    }

    private void bring(RequestContext request) {
        String format = request.query().text("format").orElse("auto");
        if (!Formats.names().contains(format)) {
            throw ApiException.invalid("format", "format must be one of " + String.join(", ", Formats.names()));
        }
        if (!places.tryAcquire()) {
            throw ApiException.tooMany(RETRY_SECONDS, "too many imports are under way; try again later");
        }
        try {
            request.json(200, report(request, format).bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            places.release();
        }
    }

    /** The file is gone before anybody hears of it. */
    private ErrorList report(RequestContext request, String format) throws IOException {
        Path file = spool.take(request.bodyStream());
        try {
            return inTurn(request, file, format);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private ErrorList inTurn(RequestContext request, Path file, String format) throws IOException {
        turn.acquireUninterruptibly();
        try (ConversationSource source = Formats.open(file, format).source()) {
            ErrorList errors = new ErrorList();
            ImportReport report = new Importer(new StoreSink(store, request.owner(), PATIENCE), errors).run(source);
            if (report.stopped() != null) {
                throw new ApiException(
                        503,
                        "server_error",
                        "unavailable",
                        null,
                        report.stopped() + "; " + report.conversations()
                                + " conversations are stored; send the same file again for the rest");
            }
            return errors.of(report);
        } catch (ImportStoppedException e) {
            throw ApiException.invalid("body", e.getMessage());
        } finally {
            turn.release();
        }
    }
}
