package dev.verbatim.server.exporting;

import dev.verbatim.Conversation;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.HistoryStore;
import dev.verbatim.Owner;
import dev.verbatim.Page;
import dev.verbatim.server.history.Ids;
import dev.verbatim.server.http.Access;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.RequestContext;
import dev.verbatim.server.http.Routes;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Gives conversations out, part by part. One that fails on the way breaks off without the end of an answer, so that no
 * client takes a piece for the whole.
 */
public final class ExportRoutes {
    private static final Header JSON = type("application/json");
    private static final Header LINES = type("application/x-ndjson");
    private static final Header MARKDOWN = type("text/markdown; charset=utf-8");

    /** Each holds a part in memory for as long as its client takes to read it. */
    private static final int AT_ONCE = 16;

    private static final int PAGE = 100;
    private static final int BUFFER = 64 << 10;
    private static final int RETRY_SECONDS = 5;

    /** What is written to the answer; it is ended when this returns, not when it throws. */
    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private final HistoryStore store;
    private final Semaphore places = new Semaphore(AT_ONCE);

    private ExportRoutes(HistoryStore store) {
        this.store = store;
    }

    /** Adds the routes. */
    public static void register(Routes routes, HistoryStore store) {
        ExportRoutes handlers = new ExportRoutes(store);
        routes.add("GET", "/api/conversations/{id}/export", Access.USER, handlers::one, "format")
                .add("GET", "/api/export", Access.USER, handlers::all);
    }

    private void one(RequestContext request) {
        String name = request.query().text("format").orElse("json");
        switch (name) {
            case "json" -> one(request, JSON, new JsonFormat());
            case "jsonl" -> one(request, LINES, new LinesFormat());
            case "markdown" -> one(request, MARKDOWN, new MarkdownFormat());
            default -> throw ApiException.invalid("format", "format must be json, jsonl or markdown");
        }
    }

    private void one(RequestContext request, Header type, Format format) {
        String id = Ids.conversation(request);
        limited(() -> {
            Conversation conversation =
                    store.get(request.owner(), id).orElseThrow(() -> new ConversationNotFoundException(id));
            Exporter exporter = new Exporter(store, request.owner(), conversation);
            answer(request, type, out -> exporter.write(format, out));
        });
    }

    private void all(RequestContext request) {
        limited(() -> {
            Page<Conversation> first = store.listAll(request.owner(), null, PAGE);
            answer(request, LINES, out -> writeAll(request.owner(), first, out));
        });
    }

    private void writeAll(Owner owner, Page<Conversation> first, OutputStream out) throws IOException {
        Format lines = new LinesFormat();
        Page<Conversation> page = first;
        while (true) {
            for (Conversation conversation : page.data()) {
                Optional<Exporter> exporter = exporter(owner, conversation);
                if (exporter.isPresent()) {
                    exporter.get().write(lines, out);
                }
            }
            @Nullable String next = page.next();
            if (next == null) {
                return;
            }
            page = store.listAll(owner, next, PAGE);
        }
    }

    /** None for a conversation that was deleted since it was listed. */
    private Optional<Exporter> exporter(Owner owner, Conversation conversation) {
        try {
            return Optional.of(new Exporter(store, owner, conversation));
        } catch (ConversationNotFoundException e) {
            return Optional.empty();
        }
    }

    private void limited(Runnable export) {
        if (!places.tryAcquire()) {
            throw ApiException.tooMany(RETRY_SECONDS, "too many exports are under way; try again later");
        }
        try {
            export.run();
        } finally {
            places.release();
        }
    }

    @SuppressWarnings("resource") // closing ends the answer, which must not look whole when it is not
    private static void answer(RequestContext request, Header type, Writing writing) {
        try {
            OutputStream out = new BufferedOutputStream(request.stream(200, type), BUFFER);
            writing.to(out);
            out.close();
        } catch (IOException | UncheckedIOException e) {
            throw new CloseConnectionException("the client hung up", e);
        }
    }

    private static Header type(String value) {
        return HeaderValues.createCached(HeaderNames.CONTENT_TYPE, value);
    }
}
