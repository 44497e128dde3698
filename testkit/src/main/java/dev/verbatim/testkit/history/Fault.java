package dev.verbatim.testkit.history;

/**
 * A time in which something was broken on purpose.
 *
 * @param name what was broken, in one word
 * @param from when it began, in nanoseconds of the common clock
 * @param to when it was whole again
 */
public record Fault(String name, long from, long to) {
    public Fault {
        Names.check("fault", name);
        if (to < from) {
            throw new IllegalArgumentException("fault " + name + " ended at " + to + ", before it began at " + from);
        }
    }
}
