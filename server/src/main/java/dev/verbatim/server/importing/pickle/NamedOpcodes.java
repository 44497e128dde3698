package dev.verbatim.server.importing.pickle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The opcodes that name classes and functions, of which {@link Calls} knows a few; and those that are refused. */
final class NamedOpcodes {
    private static final Map<Integer, String> REFUSED = Map.ofEntries(
            Map.entry((int) 'P', "a persistent id"),
            Map.entry((int) 'Q', "a persistent id"),
            Map.entry(0x82, "an entry of the extension registry"),
            Map.entry(0x83, "an entry of the extension registry"),
            Map.entry(0x84, "an entry of the extension registry"),
            Map.entry(0x8f, "a set"),
            Map.entry(0x90, "a set"),
            Map.entry(0x91, "a frozenset"),
            Map.entry(0x96, "a bytearray"),
            Map.entry(0x97, "a buffer outside of it"),
            Map.entry(0x98, "a buffer outside of it"));

    private final PickleInput in;
    private final Machine machine;

    NamedOpcodes(PickleInput in, Machine machine) {
        this.in = in;
        this.machine = machine;
    }

    /** Does what {@code opcode} says; false when it is none of these. */
    boolean take(int opcode) throws IOException {
        switch (opcode) {
            case 'c' -> machine.push(nameOfLines());
            case 0x93 -> nameOfStack();
            case 'R' -> reduce();
            case 'b' -> build();
            case 'i' -> throw Calls.refused(nameOfLines());
            case 'o' -> throw Calls.refused(firstOf(machine.popToMark()));
            case 0x81 -> refuseBelow(1);
            case 0x92 -> refuseBelow(2);
            default -> {
                if (REFUSED.containsKey(opcode)) {
                    throw new PickleException("the pickle asks for " + REFUSED.get(opcode) + ", which is refused");
                }
                return false;
            }
        }
        return true;
    }

    private PickleValue.Name nameOfLines() throws IOException {
        String module = text();
        return new PickleValue.Name(module, text());
    }

    private String text() throws IOException {
        return new String(in.line(), StandardCharsets.UTF_8);
    }

    private void nameOfStack() {
        String name = machine.pop(String.class);
        machine.push(new PickleValue.Name(machine.pop(String.class), name));
    }

    private void reduce() {
        List<Object> arguments = machine.pop(PickleValue.Sequence.class).items();
        for (Object argument : arguments) {
            machine.spendPlaces(size(argument));
        }
        machine.push(Calls.result(machine.pop(), arguments));
    }

    private static int size(Object argument) {
        return switch (argument) {
            case PickleValue.Sequence sequence -> 4 * sequence.items().size();
            case PickleValue.Dict dict -> 4 * dict.entries().size();
            default -> 1;
        };
    }

    /** What a partial function is called with is read over; a container has nothing to be set. */
    private void build() {
        Object state = machine.pop();
        Object target = machine.top();
        boolean nothing = state == PickleValue.None.NONE
                || (state instanceof PickleValue.Dict dict && dict.entries().isEmpty());
        if (target instanceof PickleValue.Partial || (nothing && !(target instanceof PickleValue.Name))) {
            return;
        }
        if (target instanceof PickleValue.Name) {
            throw Calls.refused(target);
        }
        throw new PickleException("the pickle asks for attributes to be set, which is refused");
    }

    private void refuseBelow(int arguments) {
        for (int i = 0; i < arguments; i++) {
            machine.pop();
        }
        throw Calls.refused(machine.pop());
    }

    private static Object firstOf(List<Object> items) {
        return items.isEmpty() ? PickleValue.None.NONE : items.getFirst();
    }
}
