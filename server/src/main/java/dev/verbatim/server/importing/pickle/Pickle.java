package dev.verbatim.server.importing.pickle;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads one pickle of protocol 0 to 5. Makes nothing but text, numbers, lists and maps, looks no class up and calls
 * nothing. For one thread.
 */
public final class Pickle {
    private final PickleInput in;
    private final Machine machine;
    private final PlainOpcodes plain;
    private final ContainerOpcodes containers;
    private final MemoOpcodes memo;
    private final NamedOpcodes named;

    private Pickle(InputStream in, long size, long memory) {
        Budget budget = new Budget(memory);
        this.in = new PickleInput(in, size, budget);
        this.machine = new Machine(budget);
        this.plain = new PlainOpcodes(this.in, machine);
        this.containers = new ContainerOpcodes(machine);
        this.memo = new MemoOpcodes(this.in, machine);
        this.named = new NamedOpcodes(this.in, machine);
    }

    /**
     * What the pickle holds: a {@link PickleValue}, a {@code String}, a {@code Boolean} or a number.
     *
     * @param in where it begins
     * @param size how many bytes {@code in} has
     * @param memory how many bytes of memory it may take
     * @throws PickleException when it is broken, too large, or asks for what is refused
     * @throws IOException when {@code in} cannot be read
     */
    public static Object read(InputStream in, long size, long memory) throws IOException {
        return new Pickle(in, size, memory).read();
    }

    private Object read() throws IOException {
        for (int opcode = in.next(); opcode != '.'; opcode = in.next()) {
            boolean known = plain.take(opcode) || containers.take(opcode) || memo.take(opcode) || named.take(opcode);
            if (!known) {
                throw new PickleException("the pickle is broken: byte " + (in.at() - 1) + " is no opcode");
            }
        }
        return machine.pop();
    }
}
