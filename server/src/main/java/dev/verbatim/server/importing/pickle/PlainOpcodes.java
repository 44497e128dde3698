package dev.verbatim.server.importing.pickle;

import java.io.IOException;

/** The opcodes that make one value: text, numbers, truth, nothing. */
final class PlainOpcodes {
    private final PickleInput in;
    private final Machine machine;

    PlainOpcodes(PickleInput in, Machine machine) {
        this.in = in;
        this.machine = machine;
    }

    /** Does what {@code opcode} says; false when it is none of these. */
    boolean take(int opcode) throws IOException {
        switch (opcode) {
            case 'N' -> machine.push(PickleValue.None.NONE);
            case 0x88 -> machine.push(true);
            case 0x89 -> machine.push(false);
            case 'I' -> machine.push(Numbers.integer(in.asciiLine()));
            case 'L' -> machine.push(Numbers.decimal(in.asciiLine()));
            case 'J' -> machine.push((long) (int) in.number(4));
            case 'K' -> machine.push(in.number(1));
            case 'M' -> machine.push(in.number(2));
            case 0x8a -> machine.push(Numbers.littleEndian(in.counted(1)));
            case 0x8b -> machine.push(Numbers.littleEndian(in.counted(4)));
            case 'F' -> machine.push(Numbers.real(in.asciiLine()));
            case 'G' -> machine.push(Double.longBitsToDouble(Long.reverseBytes(in.number(8))));
            case 'V' -> machine.push(PickleText.rawUnicodeEscape(in.line()));
            case 0x8c -> machine.push(PickleText.utf8(in.counted(1)));
            case 'X' -> machine.push(PickleText.utf8(in.counted(4)));
            case 0x8d -> machine.push(PickleText.utf8(in.counted(8)));
            case 'S' -> machine.push(PickleText.literal(in.line()));
            case 'U' -> machine.push(PickleText.oldString(in.counted(1)));
            case 'T' -> machine.push(PickleText.oldString(in.counted(4)));
            case 'C' -> bytes(1);
            case 'B' -> bytes(4);
            case 0x8e -> bytes(8);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void bytes(int size) throws IOException {
        in.counted(size);
        machine.push(new PickleValue.Unusable("bytes"));
    }
}
