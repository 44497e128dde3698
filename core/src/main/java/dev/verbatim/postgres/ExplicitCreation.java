package dev.verbatim.postgres;

import dev.verbatim.Conversation;
import dev.verbatim.ConversationGoneException;
import dev.verbatim.ConversationKey;
import dev.verbatim.Created;
import dev.verbatim.NewConversation;
import dev.verbatim.Owner;
import dev.verbatim.UnavailableException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Makes a conversation because somebody asked for that, a deleted one too. */
final class ExplicitCreation {
    private static final String FORGET_DELETED = "DELETE FROM deleted_conversations WHERE user_id = ? AND id = ?";

    /** Somebody who deletes the conversation each time it is looked at wins after so many times. */
    private static final int MOST_LOOKS = 10;

    private final Transactions transactions;
    private final Conversations conversations;
    private final Duration lockTimeout;

    ExplicitCreation(Transactions transactions, Conversations conversations, Duration lockTimeout) {
        this.transactions = transactions;
        this.conversations = conversations;
        this.lockTimeout = lockTimeout;
    }

    Created create(Owner owner, NewConversation conversation) {
        String given = conversation.metadata();
        String id = Objects.requireNonNull(conversation.id(), "an id was made before");
        NewRow row = new NewRow(
                ConversationKey.of(owner, id),
                owner,
                id,
                conversation.title(),
                given == null ? "{}" : given,
                conversation.createdAt());
        for (int look = 0; look < MOST_LOOKS; look++) {
            Optional<Conversation> existing = conversations.get(row.key()).answer();
            if (existing.isPresent()) {
                return new Created(existing.get(), false);
            }
            Optional<Conversation> made = transactions.run(lockTimeout, transaction -> make(transaction, row));
            if (made.isPresent()) {
                return new Created(made.get(), true);
            }
        }
        throw new UnavailableException("the conversation is being deleted again and again; try later", null);
    }

    /** What was made; nothing when somebody else was quicker. */
    private static Optional<Conversation> make(Transactions.Transaction transaction, NewRow row) throws SQLException {
        List<NewRow> rows = List.of(row);
        Boolean erased = CreationStatements.users(transaction, List.of(row.owner()), true)
                .get(row.owner().id());
        if (erased == null) {
            throw NewRow.noSuchUser(row.owner().id());
        }
        if (erased) {
            throw new ConversationGoneException(row.externalId());
        }
        if (CreationStatements.insert(transaction, rows).isEmpty()) {
            return Optional.empty();
        }
        try (PreparedStatement forget = transaction.connection().prepareStatement(FORGET_DELETED)) {
            Conversations.bindKey(forget, 1, row.key());
            forget.executeUpdate();
        }
        CreationStatements.setGenerations(transaction, List.of(row.key()));
        return Conversations.inTransaction(transaction, row.key());
    }
}
