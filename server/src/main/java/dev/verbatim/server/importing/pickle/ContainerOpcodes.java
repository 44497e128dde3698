package dev.verbatim.server.importing.pickle;

import java.util.List;

/** The opcodes that make lists, tuples and dicts, fill them, and move what is on the stack. */
final class ContainerOpcodes {
    private final Machine machine;

    ContainerOpcodes(Machine machine) {
        this.machine = machine;
    }

    /** Does what {@code opcode} says; false when it is none of these. */
    boolean take(int opcode) {
        switch (opcode) {
            case '(' -> machine.mark();
            case '0' -> machine.discard();
            case '1' -> machine.popToMark();
            case '2' -> machine.push(machine.top());
            case ']', ')' -> machine.push(new PickleValue.Sequence());
            case '}' -> machine.push(new PickleValue.Dict());
            case 'l', 't' -> machine.push(sequence(machine.popToMark()));
            case 0x85 -> tuple(1);
            case 0x86 -> tuple(2);
            case 0x87 -> tuple(3);
            case 'd' -> dict();
            case 'a' -> append(List.of(machine.pop()));
            case 'e' -> append(machine.popToMark());
            case 's' -> setItem();
            case 'u' -> put(machine.popToMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private PickleValue.Sequence sequence(List<Object> items) {
        machine.spendPlaces(items.size());
        PickleValue.Sequence sequence = new PickleValue.Sequence();
        sequence.items().addAll(items);
        return sequence;
    }

    private void tuple(int size) {
        PickleValue.Sequence tuple = new PickleValue.Sequence();
        for (int i = 0; i < size; i++) {
            tuple.items().addFirst(machine.pop());
        }
        machine.push(tuple);
    }

    private void append(List<Object> items) {
        machine.spendPlaces(items.size());
        machine.top(PickleValue.Sequence.class).items().addAll(items);
    }

    private void dict() {
        List<Object> items = machine.popToMark();
        machine.push(new PickleValue.Dict());
        put(items);
    }

    private void setItem() {
        Object value = machine.pop();
        put(List.of(machine.pop(), value));
    }

    private void put(List<Object> keysAndValues) {
        machine.spendPlaces(4 * keysAndValues.size());
        PickleValue.Dict dict = machine.top(PickleValue.Dict.class);
        if (keysAndValues.size() % 2 != 0) {
            throw new PickleException("the pickle is broken: a key has no value");
        }
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            dict.entries().put(key(keysAndValues.get(i)), keysAndValues.get(i + 1));
        }
    }

    /** Python takes no list and no dict for a key either. */
    static Object key(Object key) {
        if (key instanceof PickleValue.Dict) {
            throw new PickleException("the pickle is broken: a dict is a key");
        }
        return key;
    }
}
