package dev.verbatim.server.chat;

import dev.verbatim.server.json.JsonText;
import dev.verbatim.server.json.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One answer out of its pieces: strings are joined, objects merged member by member, array elements by their
 * {@code index}, and anything else is what came last. So tool calls and members nobody here has heard of come together
 * like text does. Used by one thread.
 */
final class DeltaTree {
    /** Strings that name something: a piece repeats them or leaves them out, it does not continue them. */
    private static final Set<String> NAMING = Set.of("id", "type", "role");

    private sealed interface Node {}

    private record Text(StringBuilder text) implements Node {}

    private record Members(Map<String, Node> members) implements Node {}

    private record Elements(Map<Long, Node> byIndex) implements Node {}

    private record Written(String json) implements Node {}

    private final long limit;
    private final Map<String, Node> root = new LinkedHashMap<>();
    private long size;

    /** Refuses to become longer than {@code limit} bytes of JSON. */
    DeltaTree(long limit) {
        this.limit = limit;
    }

    /** Adds a piece: a JSON object's members. */
    void add(Map<String, RawValue> delta) {
        delta.forEach((name, value) -> merge(root, name, value));
    }

    /** Grows with everything that was added. */
    long size() {
        return size;
    }

    /** The members as {@code "name":value,…}, those named in {@code except} left out. */
    String members(Set<String> except) {
        Map<String, Node> kept = new LinkedHashMap<>(root);
        kept.keySet().removeAll(except);
        return joined(kept);
    }

    /** Whether anything came for {@code name}. */
    boolean has(String name) {
        return root.containsKey(name);
    }

    /** Whether something other than an empty string came for {@code name}. */
    boolean says(String name) {
        return has(name) && !(root.get(name) instanceof Text text && text.text().isEmpty());
    }

    private void merge(Map<String, Node> into, String name, RawValue value) {
        if (value.isNull()) {
            return;
        }
        if (!into.containsKey(name)) {
            grow(name);
        }
        into.put(name, merged(into.get(name), name, value));
    }

    private Node merged(@Nullable Node old, String name, RawValue value) {
        if (value.isString()) {
            return text(old, name, String.valueOf(value.string()));
        }
        if (value.isObject()) {
            Members object = old instanceof Members known ? known : new Members(new LinkedHashMap<>());
            value.members().forEach((key, member) -> merge(object.members(), key, member));
            return object;
        }
        if (value.isArray()) {
            Elements array = old instanceof Elements known ? known : new Elements(new TreeMap<>());
            value.elements().forEach(element -> mergeElement(array.byIndex(), element));
            return array;
        }
        grow(value.json());
        return new Written(value.json());
    }

    private Node text(@Nullable Node old, String name, String piece) {
        if (old instanceof Text known && (piece.isEmpty() || NAMING.contains(name))) {
            return known.text().isEmpty() ? new Text(new StringBuilder(piece)) : known;
        }
        grow(piece);
        Text text = old instanceof Text known ? known : new Text(new StringBuilder());
        text.text().append(piece);
        return text;
    }

    private void mergeElement(Map<Long, Node> array, RawValue element) {
        Map<String, RawValue> members = element.members();
        long index = index(array, members);
        RawValue rest = element;
        if (members.remove("index") != null) {
            rest = object(members);
        }
        array.put(index, merged(array.get(index), "", rest));
    }

    /** The element's place: as it says; else a new one when it has an id, else the last one is continued. */
    private static long index(Map<Long, Node> array, Map<String, RawValue> members) {
        RawValue index = members.get("index");
        if (index != null && index.number().isPresent()) {
            return index.number().getAsLong();
        }
        long last = array.size() - 1L;
        return members.containsKey("id") || members.isEmpty() ? last + 1 : Math.max(0, last);
    }

    private static RawValue object(Map<String, RawValue> members) {
        String json = members.entrySet().stream()
                .map(member -> JsonText.quote(member.getKey()) + ":"
                        + member.getValue().json())
                .collect(Collectors.joining(",", "{", "}"));
        return RawValue.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private void grow(String added) {
        size += JsonText.quote(added).getBytes(StandardCharsets.UTF_8).length + 2L;
        if (size > limit) {
            throw ModelException.failed("the model's answer is larger than " + limit + " bytes");
        }
    }

    private static String json(Node node) {
        return switch (node) {
            case Text text -> JsonText.quote(text.text().toString());
            case Members object -> "{" + joined(object.members()) + "}";
            case Elements array -> elements(array.byIndex());
            case Written written -> written.json();
        };
    }

    private static String joined(Map<String, Node> members) {
        return members.entrySet().stream()
                .map(member -> JsonText.quote(member.getKey()) + ":" + json(member.getValue()))
                .collect(Collectors.joining(","));
    }

    private static String elements(Map<Long, Node> byIndex) {
        List<String> elements = new ArrayList<>();
        byIndex.values().forEach(node -> elements.add(json(node)));
        return "[" + String.join(",", elements) + "]";
    }
}
