package dev.verbatim.server.importing;

/** How much of a file may be held at once: a conversation takes several times its bytes while it is brought. */
final class Longest {
    private static final long SHARE = 16;

    private Longest() {}

    /** The longest entry, in bytes. */
    static int entry() {
        return (int) Math.min(JsonLinesSource.LONGEST_LINE, Runtime.getRuntime().maxMemory() / SHARE);
    }

    /** Why an entry that is longer is not taken. */
    static String saying() {
        return "longer than " + (entry() >> 20) + " MiB"
                + (entry() < JsonLinesSource.LONGEST_LINE
                        ? "; more memory lets it be longer: VERBATIM_JAVA_OPTS=-Xmx1g"
                        : "");
    }
}
