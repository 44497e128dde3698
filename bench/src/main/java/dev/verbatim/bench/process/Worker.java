package dev.verbatim.bench.process;

/** Does what the parent says; for one thread. */
interface Worker {
    /** Does it and says in words what came out. */
    String work(String command, String[] arguments);
}
