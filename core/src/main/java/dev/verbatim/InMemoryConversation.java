package dev.verbatim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One conversation of the {@link InMemoryHistoryStore}, which guards it. */
final class InMemoryConversation {
    final ConversationKey key;
    private final String id;
    private long gen;
    private final Instant createdAt;
    private final List<MessageRow> rows = new ArrayList<>();
    private @Nullable String title;
    private String metadata;
    private Instant updatedAt;

    InMemoryConversation(ConversationKey key, String id, NewConversation conversation, long gen, Instant now) {
        this.key = key;
        this.id = id;
        this.gen = gen;
        Instant made = conversation.createdAt();
        this.createdAt = made == null ? now : made;
        this.updatedAt = Times.earlier(createdAt, now);
        this.title = conversation.title();
        String given = conversation.metadata();
        this.metadata = given == null ? "{}" : given;
    }

    /** One that is already there, somewhere else. */
    InMemoryConversation(ConversationKey key, Conversation there, List<Message> messages) {
        this.key = key;
        this.id = there.id();
        this.gen = there.gen();
        this.createdAt = there.createdAt();
        this.updatedAt = there.updatedAt();
        this.title = there.title();
        this.metadata = there.metadata();
        for (Message message : messages) {
            rows.add(MessageRow.of(key, rows.size() + 1L, message.createdAt(), NewMessage.again(key, message)));
        }
    }

    Conversation describe() {
        return new Conversation(id, title, rows.size(), gen, metadata, createdAt, updatedAt);
    }

    Conversation describeForList() {
        return describe().previewing(rows.isEmpty() ? null : rows.getLast().body());
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

    Appended append(List<NewMessage> messages, boolean moved, Instant now) {
        List<MessageRow> grown = new ArrayList<>(rows);
        List<Message> stored = new ArrayList<>();
        for (NewMessage message : messages) {
            stored.add(add(grown, message, now).toMessage());
        }
        if (grown.size() > rows.size()) {
            messages.stream().filter(m -> title == null).forEach(m -> title = MessageText.title(m));
            List<MessageRow> fresh = grown.subList(rows.size(), grown.size());
            fresh.forEach(row -> activeAt(moved ? Times.earlier(row.createdAt(), now) : now));
            rows.addAll(fresh);
        }
        return new Appended(stored, gen, rows.size());
    }

    private void activeAt(Instant time) {
        updatedAt = Times.later(time, updatedAt);
    }

    private MessageRow add(List<MessageRow> grown, NewMessage message, Instant now) {
        String brought = message.id();
        if (brought != null) {
            Optional<MessageRow> same = find(grown, brought);
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

    /** An id made here tells where it stands; of the others none has to be made to be compared. */
    private Optional<MessageRow> find(List<MessageRow> among, String messageId) {
        OptionalLong made = MadeIds.seqOf(key.id(), messageId);
        if (made.isPresent() && made.getAsLong() >= 1 && made.getAsLong() <= among.size()) {
            MessageRow row = among.get((int) made.getAsLong() - 1);
            if (row.id().equals(messageId)) {
                return Optional.of(row);
            }
        }
        return among.stream().filter(row -> messageId.equals(row.brought())).findFirst();
    }

    /** The message as it is now, and a generation out of {@code generations} when it was another before. */
    Optional<Edited> edit(String messageId, MessageEdit edit, LongSupplier generations, Instant now) {
        for (int i = 0; i < rows.size(); i++) {
            MessageRow row = rows.get(i);
            if (row.id().equals(messageId)) {
                MessageRow edited = edit.applyTo(row);
                if (!edited.equals(row)) {
                    rows.set(i, edited);
                    changed(generations, now);
                }
                return Optional.of(new Edited(edited.toMessage(), gen, rows.size()));
            }
        }
        return Optional.empty();
    }

    void truncate(long afterSeq, LongSupplier generations, Instant now) {
        if (afterSeq < rows.size()) {
            rows.subList((int) afterSeq, rows.size()).clear();
            changed(generations, now);
        }
    }

    /** A conversation of the same owner with what this one has up to {@code atSeq}. */
    InMemoryConversation fork(ConversationKey newKey, String newId, OptionalLong atSeq, long newGen, Instant now) {
        Forks.checkPlace(atSeq, rows.size());
        InMemoryConversation fork =
                new InMemoryConversation(newKey, newId, new NewConversation(newId, title, metadata), newGen, now);
        rows.stream()
                .limit(atSeq.orElse(rows.size()))
                .map(row -> row.in(newKey.id()))
                .forEach(fork.rows::add);
        return fork;
    }

    private void changed(LongSupplier generations, Instant now) {
        gen = generations.getAsLong();
        updatedAt = now;
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

    Window part(long afterSeq) {
        List<Message> found = new ArrayList<>();
        long bytes = 0;
        for (long seq = afterSeq + 1; seq <= rows.size() && bytes < Parts.BYTES; seq++) {
            MessageRow row = rows.get((int) seq - 1);
            bytes += row.body().length() + Parts.BYTES_BESIDE_BODY;
            found.add(row.toMessage());
        }
        boolean more = afterSeq + found.size() < rows.size();
        return new Window(found, 0, gen, rows.size(), more, Window.Source.BYPASS);
    }

    Optional<Message> message(String messageId) {
        return find(rows, messageId).map(MessageRow::toMessage);
    }
}
