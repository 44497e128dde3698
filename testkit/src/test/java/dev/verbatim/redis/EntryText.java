package dev.verbatim.redis;

import java.util.HexFormat;

/**
 * An entry as text, the empty one for none, with its lease brought into a form in which time does not count: it ended
 * long ago or ends in the far future.
 */
public final class EntryText {
    public static final String ABSENT = "";

    /** The token of every lease nobody will fill under any more. */
    public static final long DEAD = -1;

    private static final int TOKEN = 124;
    private static final int UNTIL = 141;
    private static final String NOBODY = "0".repeat(16);
    private static final String PAST = "0".repeat(15) + "1";
    private static final String FUTURE = "0008" + "0".repeat(12);

    private EntryText() {}

    static String normalised(String entry) {
        if (entry.isEmpty()) {
            return entry;
        }
        String until = entry.substring(UNTIL, UNTIL + 16);
        return until.equals(NOBODY) || until.equals(PAST) ? entry : withUntil(entry, FUTURE);
    }

    /** Whether somebody holds the lease. */
    public static boolean isLeased(String entry) {
        return !entry.isEmpty() && entry.startsWith(FUTURE, UNTIL);
    }

    /** The entry after its lease has ended by time. */
    public static String expired(String entry) {
        return isLeased(entry) ? withUntil(entry, PAST) : entry;
    }

    /** The token of the lease, whether it has ended or not; zero for nobody's. */
    public static long token(String entry) {
        return entry.isEmpty() ? 0 : Long.parseUnsignedLong(entry, TOKEN, TOKEN + 16, 16);
    }

    /** The entry with another token in its lease. */
    public static String withToken(String entry, long token) {
        return entry.substring(0, TOKEN) + hex(token) + entry.substring(TOKEN + 16);
    }

    /** The header without what is the same in all entries, and how many lines there are. */
    public static String shown(String entry) {
        if (entry.isEmpty()) {
            return "none";
        }
        String[] fields = entry.substring(0, Header.LENGTH - 1).split(" ", -1);
        String data = fields[8].equals("1")
                ? "gen " + number(fields[3]) + " " + number(fields[4]) + ".." + number(fields[5])
                : "no data";
        return "epoch " + number(fields[1]) + " " + data + " need " + number(fields[6]) + "/" + number(fields[7])
                + " lease " + lease(fields[9], fields[10]);
    }

    private static String lease(String token, String until) {
        if (token.equals(NOBODY)) {
            return "none";
        }
        String whose = token.equals(hex(DEAD)) ? "of the dead" : "of " + number(token);
        return whose + (until.equals(PAST) ? " (ended)" : "");
    }

    private static long number(String digits) {
        return Long.parseLong(digits, 16);
    }

    /** The lines after the header. */
    public static String body(String entry) {
        return entry.substring(Header.LENGTH);
    }

    private static String withUntil(String entry, String until) {
        return entry.substring(0, UNTIL) + until + entry.substring(UNTIL + 16);
    }

    private static String hex(long token) {
        return HexFormat.of().toHexDigits(token);
    }
}
