package dev.verbatim.server.importing;

import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes conversations of a tree: one of what people saw, and a fork of it of every other way. */
final class Branches {
    private static final int LONGEST_TITLE = 1_000;

    private Branches() {}

    /** The conversation {@code head} with what was visible, then its forks, each made when it is asked for. */
    static Iterator<SourceConversation> of(NewConversation head, MessageTree tree) {
        SourceConversation visible = conversation(head, tree.visible());
        List<MessageTree.Node> heads = tree.heads().stream()
                .filter(node -> firstOf(tree, node) != null)
                .toList();
        Stream<SourceConversation> forks =
                Stream.iterate(0, n -> n < heads.size(), n -> n + 1).map(n -> fork(head, tree, heads.get(n), n + 2));
        return Stream.concat(Stream.of(visible), forks).iterator();
    }

    private static SourceConversation fork(NewConversation of, MessageTree tree, MessageTree.Node head, int number) {
        String first = Objects.requireNonNull(firstOf(tree, head));
        return conversation(Forks.head(of, first, title(of.title(), number)), tree.through(head));
    }

    /** The id of the first message that stands on this way alone; null when there is none. */
    private static @Nullable String firstOf(MessageTree tree, MessageTree.Node head) {
        return tree.through(head).stream()
                .dropWhile(node -> !node.equals(head))
                .map(MessageTree.Node::message)
                .filter(Objects::nonNull)
                .map(NewMessage::id)
                .findFirst()
                .orElse(null);
    }

    /** A fork without a title of its own gets one as any conversation does. */
    private static @Nullable String title(@Nullable String title, int number) {
        String ending = " (" + number + ")";
        return title == null ? null : Heads.cut(title, LONGEST_TITLE - ending.length()) + ending;
    }

    private static SourceConversation conversation(NewConversation head, List<MessageTree.Node> way) {
        List<NewMessage> messages = way.stream()
                .map(MessageTree.Node::message)
                .filter(Objects::nonNull)
                .toList();
        return new SourceConversation(head, messages, SourceConversation.Again.BY_THREAD);
    }
}
