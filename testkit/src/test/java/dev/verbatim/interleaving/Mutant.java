package dev.verbatim.interleaving;

/**
 * A simpler protocol that looks right, the scenario that shows that it is not, and what breaks there.
 *
 * @param broken how the promise that breaks begins
 */
record Mutant(String name, Protocol protocol, Scenario scenario, String broken) {
    @Override
    public String toString() {
        return name;
    }
}
