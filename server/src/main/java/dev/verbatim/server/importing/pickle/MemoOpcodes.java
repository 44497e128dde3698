package dev.verbatim.server.importing.pickle;

import java.io.IOException;

/** The opcodes that remember and recall values, and those that only divide the pickle. */
final class MemoOpcodes {
    private static final int NEWEST_PROTOCOL = 5;

    private final PickleInput in;
    private final Machine machine;

    MemoOpcodes(PickleInput in, Machine machine) {
        this.in = in;
        this.machine = machine;
    }

    /** Does what {@code opcode} says; false when it is none of these. */
    boolean take(int opcode) throws IOException {
        switch (opcode) {
            case 0x94 -> machine.remember(machine.memoSize());
            case 'p' -> machine.remember(index());
            case 'q' -> machine.remember(in.number(1));
            case 'r' -> machine.remember(in.number(4));
            case 'g' -> machine.recall(index());
            case 'h' -> machine.recall(in.number(1));
            case 'j' -> machine.recall(in.number(4));
            case 0x95 -> in.number(8);
            case 0x80 -> protocol();
            default -> {
                return false;
            }
        }
        return true;
    }

    private long index() throws IOException {
        return Numbers.integer(in.asciiLine()) instanceof Long index ? index : 0;
    }

    private void protocol() throws IOException {
        int protocol = in.next();
        if (protocol > NEWEST_PROTOCOL) {
            throw new PickleException("the pickle is of protocol " + protocol + "; known are 0 to " + NEWEST_PROTOCOL);
        }
    }
}
