package dev.verbatim.server.idempotency;

import dev.verbatim.Claim;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryException;
import dev.verbatim.KeptAnswer;
import dev.verbatim.Requests;
import dev.verbatim.Requests.Turn;
import dev.verbatim.server.http.Errors;
import dev.verbatim.server.http.Handler;
import dev.verbatim.server.http.Recorder;
import dev.verbatim.server.http.RequestContext;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn: lets the handler answer and keeps the answer before it goes out. An answer that cannot be kept goes out all the
 * same, for it is true: the next try makes it again out of what is stored.
 */
final class Recording implements Recorder {
    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    private final Requests requests;
    private final Turn turn;
    private final RequestContext request;
    private final StringBuilder headers = new StringBuilder();
    private @Nullable String conversationId;
    private boolean failed;
    private boolean kept;

    Recording(Requests requests, Turn turn, RequestContext request) {
        this.requests = requests;
        this.turn = turn;
        this.request = request;
        this.conversationId = named(request);
    }

    /** The conversation of the path; none when it is deleted, for the answer shows nothing of it. */
    private static @Nullable String named(RequestContext request) {
        String template = request.route().template();
        boolean deletes = request.route().method().equals("DELETE") && template.endsWith("{id}");
        return template.contains("{id}") && !deletes ? request.path("id") : null;
    }

    void run(Handler handler) {
        request.recordTo(this);
        boolean refused = false;
        try {
            handler.handle(request);
        } catch (RuntimeException e) {
            refused = Errors.isRefusal(e);
            throw e;
        } finally {
            if (!kept) {
                end(refused && turn.first());
            }
        }
    }

    /** Without an answer. What was refused at the first try has changed nothing, and its key is as if never used. */
    private void end(boolean untouched) {
        try {
            if (untouched) {
                requests.forget(turn.claim());
            } else {
                requests.release(turn.claim());
            }
        } catch (HistoryException e) {
            LOG.warn("request {}: its turn ends by itself: {}", request.requestId(), e.getMessage());
        }
    }

    @Override
    public Claim claim() {
        return turn.claim();
    }

    @Override
    public void header(String name, String value) {
        headers.append(name).append(": ").append(value).append('\n');
    }

    @Override
    public void about(String id) {
        conversationId = id;
    }

    @Override
    public KeptAnswer whole(int status, byte[] body) {
        KeptAnswer answer = new KeptAnswer(status, headers.toString(), body);
        return keep(answer).orElse(answer);
    }

    @Override
    public OutputStream pieces(int status, OutputStream out) {
        return new KeepingStream(out, Requests.MOST_BYTES, bytes -> {
            if (!failed) {
                keep(new KeptAnswer(status, headers.toString(), bytes));
            }
        });
    }

    @Override
    public void failed() {
        failed = true;
    }

    private Optional<KeptAnswer> keep(KeptAnswer answer) {
        if (answer.status() < 200 || answer.status() > 299) {
            return Optional.empty();
        }
        try {
            String id = conversationId;
            ConversationKey shown = id == null ? null : ConversationKey.of(request.owner(), id);
            Optional<KeptAnswer> result = requests.keep(turn.claim(), answer, shown);
            kept = result.isPresent();
            return result;
        } catch (HistoryException e) {
            LOG.warn("request {}: its answer is not kept: {}", request.requestId(), e.getMessage());
            return Optional.empty();
        }
    }
}
