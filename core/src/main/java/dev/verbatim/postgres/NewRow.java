package dev.verbatim.postgres;

import dev.verbatim.ConversationKey;
import dev.verbatim.InvalidInputException;
import dev.verbatim.Owner;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A conversation's row to be made. */
record NewRow(
        ConversationKey key,
        Owner owner,
        String externalId,
        @Nullable String title,
        String metadata,
        @Nullable Instant createdAt) {
    static NewRow untitled(AppendRequest request) {
        return new NewRow(request.key(), request.owner(), request.conversationId(), null, "{}", null);
    }

    static InvalidInputException noSuchUser(UUID id) {
        return new InvalidInputException("owner", "there is no user " + id + "; create the user first");
    }
}
