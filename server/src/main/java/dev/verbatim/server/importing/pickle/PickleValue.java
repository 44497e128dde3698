package dev.verbatim.server.importing.pickle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pickle holds besides text ({@code String}), truth ({@code Boolean}), and numbers ({@code Long}, {@code
 * BigInteger}, {@code Double}).
 */
public sealed interface PickleValue {
    /** Python's {@code None}. */
    enum None implements PickleValue {
        NONE
    }

    /** A list, a tuple or a deque. */
    final class Sequence implements PickleValue {
        private final List<Object> items = new ArrayList<>();

        /** Its items, in order. */
        public List<Object> items() {
            return items;
        }
    }

    /** A dict of any kind; in the order of its keys' first appearance. */
    final class Dict implements PickleValue {
        private final Map<Object, Object> entries = new LinkedHashMap<>();

        /** Its entries, in order. */
        public Map<Object, Object> entries() {
            return entries;
        }
    }

    /** The name of a class or function, which is never looked up. */
    record Name(String module, String name) implements PickleValue {
        @Override
        public String toString() {
            return module + "." + name;
        }
    }

    /** A partial function: what would be called, which never happens. */
    final class Partial implements PickleValue {}

    /** Something that can stand in a pickle but has no meaning in JSON. */
    record Unusable(String what) implements PickleValue {}
}
