package dev.verbatim.server.importing;

import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.Times;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ids for what has none, made from the file alone: the same line gives the same ids each time, so that the store knows
 * what it has already. A message without one is called {@code <conversation id>:<its place from 1>}.
 */
final class BroughtIds {
    private static final int LONGEST = 255;

    private BroughtIds() {}

    /** {@code head} and {@code messages} with the ids they have, and made ones where they have none. */
    static SourceConversation complete(NewConversation head, List<NewMessage> messages) {
        String id = head.id() == null ? conversationId(head, messages) : head.id();
        return new SourceConversation(
                new NewConversation(id, head.title(), head.metadata(), head.createdAt()), numbered(id, messages, 1));
    }

    /** {@code messages}, the first of which stands at place {@code first} of the conversation, all with ids. */
    static List<NewMessage> numbered(String conversationId, List<NewMessage> messages, long first) {
        List<NewMessage> complete = new ArrayList<>(messages.size());
        for (NewMessage message : messages) {
            long place = first + complete.size();
            complete.add(message.id() == null ? message.withId(messageId(conversationId, place)) : message);
        }
        return complete;
    }

    /** True when {@code messageId} is one that was made here. */
    static boolean isMade(String conversationId, String messageId) {
        String digits = messageId.substring(messageId.lastIndexOf(':') + 1);
        return digits.matches("[0-9]{1,18}") && messageId.equals(messageId(conversationId, Long.parseLong(digits)));
    }

    /** {@code id}, or when it is too long for the store one of the same meaning that is not. */
    static String fitting(String id) {
        return id.codePointCount(0, id.length()) <= LONGEST ? id : made(id);
    }

    /** An id that follows from {@code content}. */
    static String made(String content) {
        MessageDigest digest = sha256();
        add(digest, content);
        return made(digest);
    }

    private static String made(MessageDigest digest) {
        return "import-" + HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private static String messageId(String conversationId, long place) {
        String id = conversationId + ":" + place;
        return id.codePointCount(0, id.length()) <= LONGEST ? id : "import:" + place;
    }

    private static String conversationId(NewConversation head, List<NewMessage> messages) {
        MessageDigest digest = sha256();
        add(digest, head.title());
        add(digest, head.metadata() + Objects.requireNonNullElse(time(head.createdAt()), ""));
        for (NewMessage message : messages) {
            add(digest, message.id());
            add(digest, time(message.createdAt()));
            add(digest, message.role());
            add(digest, message.tokensUsed().toString());
            add(digest, message.latencyMs().toString());
            add(digest, message.model());
            add(digest, message.body());
        }
        return made(digest);
    }

    private static @Nullable String time(@Nullable Instant time) {
        return time == null ? null : Times.format(time);
    }

    /** A NUL behind each part keeps them apart: none of them can contain one. */
    private static void add(MessageDigest digest, @Nullable String part) {
        digest.update(Objects.requireNonNullElse(part, "").getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
