package dev.verbatim.server.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.InvalidInputException;
import dev.verbatim.NewMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTreeTest {
    /** {@code b<a} is b, which answers a. */
    private static List<MessageTree.Node> nodes(String spec) {
        List<MessageTree.Node> nodes = new ArrayList<>();
        for (String node : spec.split(" ", -1)) {
            String[] parts = node.split("<", -1);
            nodes.add(node(parts[0], parts.length == 1 ? null : parts[1]));
        }
        return nodes;
    }

    private static MessageTree.Node node(String id, @Nullable String parent) {
        return new MessageTree.Node(id, parent, NewMessage.of("user", id).withId(id));
    }

    private static String way(List<MessageTree.Node> way) {
        return way.stream().map(MessageTree.Node::id).collect(Collectors.joining());
    }

    private static List<String> ways(MessageTree tree) {
        List<String> ways = new ArrayList<>(List.of(way(tree.visible())));
        tree.heads().forEach(head -> ways.add(way(tree.through(head))));
        return ways;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a b<a c<b               |   | true  | abc
                    a b<a c<a               |   | true  | ac;ab
                    a b<a c<a               |   | false | ab;ac
                    a b<a c<a               | b | true  | ab;ac
                    a b<a c<b d<b           | b | true  | ab;abc;abd
                    a b<a c<a d<c e<c f<b   | f | true  | abf;ace;acd
                    a b<a x y<x             |   | true  | xy;ab
                    b<a a                   |   | true  | ab
                    a<gone b<a              |   | true  | ab
                    a<b b<a c               |   | true  | c;ab
                    a<a                     | a | true  | a
                    c<b b<a a               | no| true  | abc
                    """)
    void everyWayThroughItIsFoundOnce(String spec, @Nullable String current, boolean newest, String ways) {
        assertThat(String.join(";", ways(new MessageTree(nodes(spec), current, newest))))
                .isEqualTo(ways);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void dropsNoMessageOfAnyTree(long seed) {
        Random random = new Random(seed);
        List<MessageTree.Node> nodes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int parent = random.nextInt(220);
            nodes.add(node("n" + i + " ", parent < 200 ? "n" + parent + " " : null));
        }
        MessageTree tree = new MessageTree(nodes, "n" + random.nextInt(200) + " ", random.nextBoolean());

        Set<String> reached = new HashSet<>();
        Set<String> firsts = new HashSet<>();
        tree.visible().forEach(node -> reached.add(node.id()));
        for (MessageTree.Node head : tree.heads()) {
            assertThat(firsts.add(head.id())).as("one way a head").isTrue();
            assertThat(reached).doesNotContain(head.id());
            tree.through(head).forEach(node -> reached.add(node.id()));
        }
        assertThat(reached).hasSize(200);
    }

    @Test
    void takesALongTreeWithoutRunningOutOfStack() {
        List<MessageTree.Node> nodes = new ArrayList<>(List.of(node("0", null)));
        for (int i = 1; i < 50_000; i++) {
            nodes.add(node("" + i, "" + (i - 1)));
        }
        assertThat(new MessageTree(nodes, null, true).visible()).hasSize(50_000);
    }

    @Test
    void refusesTwoMessagesOfOneId() {
        assertThatThrownBy(() -> new MessageTree(nodes("a a"), null, true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("two messages have the id \"a\"");
    }
}
