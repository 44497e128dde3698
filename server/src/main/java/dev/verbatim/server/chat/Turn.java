package dev.verbatim.server.chat;

import com.fasterxml.uuid.Generators;
import dev.verbatim.Message;
import dev.verbatim.Owner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * New messages that are stored and wait for their answer.
 *
 * @param owner whose conversation it is
 * @param conversationId the conversation
 * @param made whether the conversation was made for this turn, so that the caller does not know its id yet
 * @param last the newest of the messages, which is to be answered
 * @param brought whether the caller gave it an id, so that this may be a repeat
 * @param gen the conversation's generation when they were stored
 * @param lastSeq the conversation's newest number when they were stored
 */
record Turn(Owner owner, String conversationId, boolean made, Message last, boolean brought, long gen, long lastSeq) {
    /** The name space of the answers' ids. */
    private static final UUID ANSWERS = UUID.fromString("8f1d6a52-6c0e-5c8b-9a57-0d7b6f1b2f6e");

    /** What identical requests at the same time have in common. */
    record Key(UUID owner, String conversationId, String messageId) {}

    Key key() {
        return new Key(owner.id(), conversationId, last.id());
    }

    /** The id of this turn's answer. */
    String answerId() {
        return answerId(last.id());
    }

    /**
     * The id of the answer to message {@code messageId}. It follows from the message, so that a second answer to the same
     * message, made by another server at the same time, is refused by the store.
     */
    String answerId(String messageId) {
        byte[] name = (conversationId + '\0' + messageId).getBytes(StandardCharsets.UTF_8);
        try {
            return Generators.nameBasedGenerator(ANSWERS, MessageDigest.getInstance("SHA-1"))
                    .generate(name)
                    .toString();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-1", e);
        }
    }
}
