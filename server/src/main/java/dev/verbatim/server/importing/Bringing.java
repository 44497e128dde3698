package dev.verbatim.server.importing;

import dev.verbatim.NewMessage;
import java.util.List;
import java.util.Objects;

/** Brings one conversation at a time to a target, and of one that is there already what is missing. */
final class Bringing {
    private final Target target;
    private final Users users;

    Bringing(Target target, Users users) {
        this.target = target;
        this.users = users;
    }

    ImportSink.Stored store(SourceConversation conversation) {
        return store(users.of(id(conversation)), conversation);
    }

    private ImportSink.Stored store(String user, SourceConversation conversation) {
        Target.There there = target.create(user, conversation.head());
        if (there.lastSeq() == 0 || conversation.again() == SourceConversation.Again.BY_ID) {
            return append(user, conversation, 0, there);
        }
        List<NewMessage> stored = target.read(user, id(conversation), there.lastSeq());
        if (conversation.again() == SourceConversation.Again.BY_CONTENT) {
            return append(user, conversation, Overlap.of(id(conversation), stored, conversation.messages()), there);
        }
        int common = Forks.common(stored, conversation.messages());
        if (common == stored.size() || common == conversation.messages().size()) {
            return append(user, conversation, common, there);
        }
        return store(user, Forks.off(conversation, common));
    }

    /** Appends what stands behind the first {@code known} messages, which are stored. */
    private ImportSink.Stored append(String user, SourceConversation conversation, int known, Target.There there) {
        String id = id(conversation);
        List<NewMessage> all = conversation.messages();
        List<NewMessage> rest = BroughtIds.numbered(id, all.subList(known, all.size()), there.lastSeq() + 1);
        long now = target.append(user, id, rest, there.lastSeq());
        if (conversation.untitled() && !there.titled() && now > 0) {
            // The first append made one. A title that was there before is somebody's own.
            target.clearTitle(user, id);
        }
        return new ImportSink.Stored(now, all.size() - now);
    }

    private static String id(SourceConversation conversation) {
        return Objects.requireNonNull(conversation.head().id());
    }
}
