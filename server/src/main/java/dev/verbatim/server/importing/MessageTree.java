package dev.verbatim.server.importing;

import dev.verbatim.InvalidInputException;
import dev.verbatim.NewMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages of which several may answer the same one. {@link #visible} is the way through it that people saw; every other
 * way begins at one of {@link #heads}: a message that is not the one its parent goes on with. Whatever points to nothing,
 * or round in a circle, begins a way of its own, so that every message is on one. Immutable.
 */
final class MessageTree {
    /**
     * A place in the tree.
     *
     * @param parent the id of what it answers, or null
     * @param message what was said, or null when the product only needed the place
     */
    record Node(
            String id, @Nullable String parent, @Nullable NewMessage message) {}

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, List<Node>> children = new HashMap<>();
    private final List<Node> roots = new ArrayList<>();
    private final Set<String> parentsFirst = new LinkedHashSet<>();
    private final boolean newestGoesOn;
    private final List<Node> visible;

    /**
     * Of {@code all}, siblings in their order.
     *
     * @param current the last message that people saw; null or unknown when nobody says
     * @param newestGoesOn whether a message goes on with its last child, else with its first
     */
    MessageTree(List<Node> all, @Nullable String current, boolean newestGoesOn) {
        this.newestGoesOn = newestGoesOn;
        for (Node node : all) {
            if (nodes.put(node.id(), node) != null) {
                throw new InvalidInputException("entry", "two messages have the id \"" + node.id() + "\"");
            }
        }
        link();
        this.visible = current != null && nodes.containsKey(current) ? up(node(current)) : down(roots);
    }

    private void link() {
        for (Node node : nodes.values()) {
            if (node.parent() == null || !nodes.containsKey(node.parent())) {
                roots.add(node);
            } else {
                children.computeIfAbsent(node.parent(), id -> new ArrayList<>()).add(node);
            }
        }
        breakCircles();
    }

    /** What is cut out of a circle stands where it goes on only when there is no other root. */
    private void breakCircles() {
        roots.forEach(this::reach);
        for (Node node : List.copyOf(nodes.values())) {
            if (!parentsFirst.contains(node.id())) {
                children(String.valueOf(node.parent())).remove(node);
                Node root = new Node(node.id(), null, node.message());
                nodes.put(root.id(), root);
                roots.add(newestGoesOn ? 0 : roots.size(), root);
                reach(root);
            }
        }
    }

    private void reach(Node from) {
        Deque<Node> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            Node node = open.pop();
            parentsFirst.add(node.id());
            open.addAll(children(node.id()));
        }
    }

    private List<Node> children(String id) {
        return children.getOrDefault(id, List.of());
    }

    private Node node(String id) {
        Node node = nodes.get(id);
        if (node == null) {
            throw new IllegalStateException(id);
        }
        return node;
    }

    /** The way from a root to {@code last}. */
    private List<Node> up(Node last) {
        Deque<Node> way = new ArrayDeque<>(List.of(last));
        for (String parent = last.parent(); parent != null && nodes.containsKey(parent); ) {
            Node node = node(parent);
            way.addFirst(node);
            parent = node.parent();
        }
        return new ArrayList<>(way);
    }

    /** The way on from one of {@code siblings} to a leaf. */
    private List<Node> down(List<Node> siblings) {
        List<Node> way = new ArrayList<>();
        for (List<Node> next = siblings;
                !next.isEmpty();
                next = children(way.getLast().id())) {
            way.add(goesOn(next));
        }
        return way;
    }

    private Node goesOn(List<Node> siblings) {
        return newestGoesOn ? siblings.getLast() : siblings.getFirst();
    }

    /** The visible way. */
    List<Node> visible() {
        return List.copyOf(visible);
    }

    /** Where the other ways leave those that came before them. */
    List<Node> heads() {
        Set<String> shown = new HashSet<>();
        visible.forEach(node -> shown.add(node.id()));
        Set<String> onward = new HashSet<>(shown);
        List<Node> heads = new ArrayList<>();
        for (String id : parentsFirst) {
            List<Node> next = children(id);
            if (!onward.contains(id)) {
                heads.add(node(id));
            }
            if (!next.isEmpty() && !shown.contains(id)) {
                onward.add(goesOn(next).id());
            }
        }
        return heads;
    }

    /** The whole way that begins at {@code head}: what it shares with others, itself, and how it goes on. */
    List<Node> through(Node head) {
        List<Node> way = up(head);
        way.addAll(down(children(head.id())));
        return way;
    }
}
