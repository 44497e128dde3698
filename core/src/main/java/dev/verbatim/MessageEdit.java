package dev.verbatim;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a stored message: the members that are given replace those of the same name, null being a value like
 * any other; the message's other members stay, and so do its {@code id}, {@code seq} and {@code created_at}. Immutable.
 */
public final class MessageEdit {
    private final JsonMembers members;
    private final @Nullable String id;
    private final @Nullable Instant createdAt;
    private final OptionalLong ifGen;

    private MessageEdit(JsonMembers members, @Nullable String id, @Nullable Instant createdAt, OptionalLong ifGen) {
        this.members = members;
        this.id = id;
        this.createdAt = createdAt;
        this.ifGen = ifGen;
    }

    /**
     * An edit out of its JSON, an object with the members that are to be replaced. A {@code seq} is ignored; an
     * {@code id} or {@code created_at} must be the message's own, so that a whole message can be sent.
     *
     * @throws InvalidInputException when it is not one JSON object, is over {@link NewMessage#MAX_BYTES}, has a member
     *     twice, or one that no message could have
     */
    public static MessageEdit fromJson(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return fromJson("message", bytes);
    }

    /**
     * As {@link #fromJson(String)}, out of UTF-8.
     *
     * @param param what errors call it
     */
    public static MessageEdit fromJson(String param, byte[] json) {
        JsonMembers members = JsonMembers.of(param, json, 0, json.length);
        byte[] whole = members.with(members.has("role") ? "" : "\"role\":\"r\"").getBytes(StandardCharsets.UTF_8);
        NewMessage checked = new MessageParser(param, whole, 0, whole.length).parse();
        return new MessageEdit(members, checked.id(), checked.createdAt(), OptionalLong.empty());
    }

    /** This, but only while the conversation is of generation {@code gen}. */
    public MessageEdit ifGen(long gen) {
        return new MessageEdit(members, id, createdAt, OptionalLong.of(gen));
    }

    /** The generation to insist on, if any. */
    public OptionalLong ifGen() {
        return ifGen;
    }

    /**
     * The row as it is after this edit; an equal one when the edit says what is there already.
     *
     * @throws InvalidInputException when this names another id or time, or the message would be over
     *     {@link NewMessage#MAX_BYTES}
     */
    public MessageRow applyTo(MessageRow row) {
        refuseOther("id", id, row.id());
        refuseOther("created_at", createdAt, row.createdAt());
        byte[] line = row.toMessage().bytes();
        JsonMembers whole = JsonMembers.of("message", line, 0, line.length);
        whole.replace(members);
        whole.remove("id");
        whole.remove("seq");
        whole.remove("created_at");
        return row.saying(NewMessage.fromJson(whole.with("")));
    }

    private static void refuseOther(String name, @Nullable Object given, Object own) {
        if (given != null && !Objects.equals(given, own)) {
            throw new InvalidInputException(name, name + " of a stored message cannot be changed; leave it out");
        }
    }
}
