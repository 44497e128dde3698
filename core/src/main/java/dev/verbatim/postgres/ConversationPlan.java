package dev.verbatim.postgres;

import dev.verbatim.Appended;
import dev.verbatim.Commit;
import dev.verbatim.ConflictException;
import dev.verbatim.GenerationChangedException;
import dev.verbatim.Message;
import dev.verbatim.MessageRow;
import dev.verbatim.MessageText;
import dev.verbatim.NewMessage;
import dev.verbatim.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction appends to one conversation whose row it has locked: numbers new messages, recognises repeats, and
 * keeps each request whole. Not thread-safe.
 */
final class ConversationPlan {
    private final LockedRow row;
    private final Map<String, MessageRow> known;
    private final List<MessageRow> rows = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private Instant active = Instant.MIN;
    private @Nullable String title;

    /**
     * Begins at the conversation's end.
     *
     * @param known the messages it has already under ids that are to be appended
     */
    ConversationPlan(LockedRow row, Map<String, MessageRow> known) {
        this.row = row;
        this.known = new HashMap<>(known);
    }

    /**
     * Adds a request, all of it.
     *
     * @throws ConflictException when an id in it is used with another body; nothing was added
     * @throws GenerationChangedException when it insists on another generation; nothing was added
     */
    Appended add(AppendRequest request) {
        long wanted = request.options().ifGen().orElse(row.gen());
        if (wanted != row.gen()) {
            throw new GenerationChangedException(wanted, row.gen());
        }
        List<MessageRow> fresh = new ArrayList<>();
        Map<String, MessageRow> freshIds = new HashMap<>();
        List<MessageRow> answer = new ArrayList<>();
        for (NewMessage message : request.messages()) {
            MessageRow repeated = repeated(message, freshIds);
            if (repeated == null) {
                repeated = MessageRow.of(row.key(), lastSeq() + fresh.size() + 1, row.now(), message);
                fresh.add(repeated);
                if (message.id() != null) {
                    freshIds.put(message.id(), repeated);
                }
            }
            answer.add(repeated);
        }
        Map<Long, Message> made = keep(fresh, freshIds);
        fresh.forEach(one -> active = Times.later(active, request.options().moved() ? one.createdAt() : row.now()));
        if (row.untitled() && title == null) {
            title = firstTitle(request.messages());
        }
        return new Appended(answer.stream().map(one -> message(one, made)).toList(), row.gen(), lastSeq());
    }

    private @Nullable MessageRow repeated(NewMessage message, Map<String, MessageRow> freshIds) {
        String id = message.id();
        if (id == null) {
            return null;
        }
        MessageRow first = known.getOrDefault(id, freshIds.get(id));
        if (first != null && !first.isRepeatedBy(message)) {
            throw new ConflictException(id);
        }
        return first;
    }

    private Map<Long, Message> keep(List<MessageRow> fresh, Map<String, MessageRow> freshIds) {
        Map<Long, Message> made = new HashMap<>();
        for (MessageRow one : fresh) {
            Message message = one.toMessage();
            rows.add(one);
            messages.add(message);
            made.put(one.seq(), message);
        }
        known.putAll(freshIds);
        return made;
    }

    private static Message message(MessageRow row, Map<Long, Message> made) {
        Message message = made.get(row.seq());
        return message == null ? row.toMessage() : message;
    }

    private static @Nullable String firstTitle(List<NewMessage> messages) {
        for (NewMessage message : messages) {
            String title = MessageText.title(message);
            if (title != null) {
                return title;
            }
        }
        return null;
    }

    LockedRow row() {
        return row;
    }

    /** The new messages. */
    List<MessageRow> rows() {
        return rows;
    }

    long lastSeq() {
        return row.lastSeq() + rows.size();
    }

    /** When the conversation was last active by the new messages: not after now. */
    Instant active() {
        return Times.earlier(active, row.now());
    }

    /** The title the new messages give the conversation, if it had none. */
    @Nullable
    String title() {
        return title;
    }

    Commit commit() {
        return new Commit(row.key(), row.epoch(), row.gen(), row.lastSeq() + 1, lastSeq(), messages);
    }
}
