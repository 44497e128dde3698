package dev.verbatim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One conversation of the {@link InMemoryHistoryStore}, which guards it. */
final class InMemoryConversation {
    final ConversationKey key;
    private final String id;
    private final long gen;
    private final Instant createdAt;
    private final List<MessageRow> rows = new ArrayList<>();
    private @Nullable String title;
    private String metadata;
    private Instant updatedAt;

    InMemoryConversation(ConversationKey key, String id, NewConversation conversation, long gen, Instant now) {
        this.key = key;
        this.id = id;
        this.gen = gen;
        this.createdAt = now;
        this.updatedAt = now;
        this.title = conversation.title();
        String given = conversation.metadata();
        this.metadata = given == null ? "{}" : given;
    }

    Conversation describe() {
        return new Conversation(id, title, rows.size(), gen, metadata, createdAt, updatedAt);
    }

    ListCursor cursor() {
        return new ListCursor(updatedAt, key.id());
    }

    void checkGen(OptionalLong expected) {
        if (expected.isPresent() && expected.getAsLong() != gen) {
            throw new GenerationChangedException(expected.getAsLong(), gen);
        }
    }

    void update(ConversationUpdate update) {
        if (update.setsTitle()) {
            title = update.title();
        }
        if (update.setsMetadata()) {
            String given = update.metadata();
            metadata = given == null ? "{}" : given;
        }
    }

    Appended append(List<NewMessage> messages, Instant now) {
        List<MessageRow> grown = new ArrayList<>(rows);
        List<Message> stored = new ArrayList<>();
        for (NewMessage message : messages) {
            stored.add(add(grown, message, now).toMessage());
        }
        if (grown.size() > rows.size()) {
            messages.stream().filter(m -> title == null).forEach(m -> title = MessageText.title(m));
            rows.addAll(grown.subList(rows.size(), grown.size()));
            updatedAt = now;
        }
        return new Appended(stored, gen, rows.size());
    }

    private MessageRow add(List<MessageRow> grown, NewMessage message, Instant now) {
        String brought = message.id();
        if (brought != null) {
            Optional<MessageRow> same =
                    grown.stream().filter(row -> row.id().equals(brought)).findFirst();
            if (same.isPresent()) {
                if (!same.get().isRepeatedBy(message)) {
                    throw new ConflictException(brought);
                }
                return same.get();
            }
        }
        MessageRow row = MessageRow.of(key, grown.size() + 1L, now, message);
        grown.add(row);
        return row;
    }

    Window read(Slice slice) {
        long last = rows.size();
        long from = slice.from(last);
        long to = slice.to(last);
        List<Message> found = from > to
                ? List.of()
                : rows.subList((int) from - 1, (int) to).stream()
                        .map(MessageRow::toMessage)
                        .toList();
        return new Window(found, 0, gen, last, slice.hasMore(last), Window.Source.BYPASS);
    }

    Optional<Message> message(String messageId) {
        return rows.stream()
                .filter(row -> row.id().equals(messageId))
                .findFirst()
                .map(MessageRow::toMessage);
    }
}
