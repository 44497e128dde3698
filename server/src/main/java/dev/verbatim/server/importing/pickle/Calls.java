package dev.verbatim.server.importing.pickle;

import java.util.List;
import java.util.Set;

/** The few callables that stand for plain containers; all others are refused by name. Nothing is ever called. */
final class Calls {
    private static final Set<String> DICTS = Set.of("collections.OrderedDict", "builtins.dict", "__builtin__.dict");
    private static final Set<String> SEQUENCES =
            Set.of("collections.deque", "builtins.list", "__builtin__.list", "builtins.tuple", "__builtin__.tuple");

    private Calls() {}

    /** What {@code callable} would make of {@code arguments}. */
    static PickleValue result(Object callable, List<Object> arguments) {
        String name = callable.toString();
        if (callable instanceof PickleValue.Name) {
            if (name.equals("collections.defaultdict")) {
                return defaultDict(arguments);
            }
            if (DICTS.contains(name)) {
                return dict(name, arguments);
            }
            if (SEQUENCES.contains(name)) {
                return sequence(name, arguments);
            }
            if (name.equals("functools.partial")) {
                return new PickleValue.Partial();
            }
        }
        throw refused(callable);
    }

    /** Says no to whatever is asked for. */
    static PickleException refused(Object callable) {
        String name = callable instanceof PickleValue.Name ? callable.toString() : "a call of what is no class's name";
        return new PickleException("the pickle asks for " + shown(name)
                + ", which is refused: only dict, defaultdict, OrderedDict, deque, list and tuple are read");
    }

    /** On one line, however it was named. */
    static String shown(String name) {
        String line = name.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }

    /** The first argument is the factory, which is read over. */
    private static PickleValue defaultDict(List<Object> arguments) {
        return dict(
                "collections.defaultdict", arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size()));
    }

    private static PickleValue dict(String name, List<Object> arguments) {
        PickleValue.Dict dict = new PickleValue.Dict();
        if (!arguments.isEmpty() && arguments.getFirst() instanceof PickleValue.Dict other) {
            dict.entries().putAll(other.entries());
        } else if (!arguments.isEmpty()) {
            items(name, arguments).forEach(pair -> put(name, dict, pair));
        }
        return dict;
    }

    private static void put(String name, PickleValue.Dict dict, Object pair) {
        if (!(pair instanceof PickleValue.Sequence two) || two.items().size() != 2) {
            throw new PickleException("the pickle is broken: " + name + " is made of what are no pairs");
        }
        dict.entries()
                .put(ContainerOpcodes.key(two.items().getFirst()), two.items().getLast());
    }

    /** A deque's greatest length is read over: it never holds more. */
    private static PickleValue sequence(String name, List<Object> arguments) {
        PickleValue.Sequence sequence = new PickleValue.Sequence();
        if (!arguments.isEmpty()) {
            sequence.items().addAll(items(name, arguments));
        }
        return sequence;
    }

    private static List<Object> items(String name, List<Object> arguments) {
        if (arguments.getFirst() instanceof PickleValue.Sequence sequence) {
            return sequence.items();
        }
        throw new PickleException("the pickle is broken: " + name + " is made of what is no list");
    }
}
