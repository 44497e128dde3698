package dev.verbatim.server.chat;

import dev.verbatim.server.json.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * An answer as an OpenAI-compatible server streams it. Only what adds to the answer extends the deadline, so that a
 * server which keeps the connection alive and says nothing is given up too.
 */
final class OpenAiStream implements ModelStream {
    private static final String DONE = "[DONE]";

    private final ResponseBody body;
    private final Deadline deadline;
    private final Completions completions;
    private final SseReader events;
    private final Queue<Delta> ready = new ArrayDeque<>();
    private final DeltaTree parts;

    private String model;
    private @Nullable String usage;
    private boolean anyChoice;
    private boolean done;

    /** The first half of a surrogate pair whose second half is still to come. */
    private String half = "";

    OpenAiStream(ResponseBody body, Deadline deadline, Completions completions, String askedModel, int limit) {
        this.body = body;
        this.deadline = deadline;
        this.completions = completions;
        this.model = askedModel;
        this.events = new SseReader(2 * limit);
        this.parts = new DeltaTree(limit);
    }

    /** Waits until the model has begun to answer. */
    void awaitBegin() {
        while (!anyChoice && !done) {
            step();
        }
        if (!anyChoice) {
            throw ModelException.failed("the model's stream has no choices");
        }
    }

    @Override
    public @Nullable Delta next() {
        while (ready.isEmpty() && !done) {
            step();
        }
        return ready.poll();
    }

    private void step() {
        byte[] event = events.poll();
        if (event == null) {
            readMore();
        } else if (isDone(event)) {
            finish();
        } else {
            take(completions.members(event));
        }
    }

    private void readMore() {
        byte[] bytes = body.read(deadline);
        if (bytes != null) {
            events.feed(bytes);
            return;
        }
        events.end();
        byte[] last = events.poll();
        if (last == null || !isDone(last)) {
            throw ModelException.failed("the model's stream broke off before its end; try again");
        }
        finish();
    }

    private void finish() {
        done = true;
        if (!half.isEmpty()) {
            ready.add(new Delta(half, null));
        }
    }

    private void take(Map<String, RawValue> chunk) {
        if (!chunk.containsKey("choices") && !chunk.containsKey("usage")) {
            throw ModelException.failed("the model's stream holds something that is no chunk of an answer");
        }
        model = Completions.model(chunk, model);
        String used = Completions.usage(chunk);
        usage = used == null ? usage : used;
        RawValue choice = Completions.firstChoice(chunk);
        if (choice != null) {
            takeChoice(choice.members());
        }
    }

    private void takeChoice(Map<String, RawValue> choice) {
        RawValue delta = choice.get("delta");
        if (delta == null || !(delta.isObject() || delta.isNull())) {
            throw ModelException.failed("the model's stream holds a choice without a delta");
        }
        long before = parts.size();
        Map<String, RawValue> members = delta.members();
        members.keySet().removeAll(Completions.OWN);
        parts.add(members);
        if (parts.size() > before || !anyChoice) {
            deadline.extend();
        }
        anyChoice = true;
        pass(members);
    }

    private void pass(Map<String, RawValue> delta) {
        RawValue content = delta.get("content");
        String piece = content == null ? null : content.string();
        RawValue calls = delta.get("tool_calls");
        String toolCalls = calls == null || calls.elements().isEmpty() ? null : calls.line();
        String text = half + (piece == null ? "" : piece);
        boolean cut = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
        half = cut ? text.substring(text.length() - 1) : "";
        text = cut ? text.substring(0, text.length() - 1) : text;
        if (!text.isEmpty() || toolCalls != null) {
            ready.add(new Delta(text, toolCalls));
        }
    }

    @Override
    public ModelAnswer soFar() {
        boolean empty = !parts.says("content") && !parts.has("tool_calls");
        String members = parts.members(Completions.OWN);
        if (!parts.has("content")) {
            String content = parts.has("tool_calls") ? "\"content\":null" : "\"content\":\"\"";
            members = members.isEmpty() ? content : content + "," + members;
        }
        return new ModelAnswer(members, empty, usage, model);
    }

    @Override
    public void close() {
        body.close();
    }

    private static boolean isDone(byte[] event) {
        return event.length < 32
                && new String(event, StandardCharsets.UTF_8).strip().equals(DONE);
    }
}
