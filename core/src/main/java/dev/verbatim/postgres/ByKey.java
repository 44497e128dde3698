package dev.verbatim.postgres;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Settings for a statement that finds its rows by their keys, one after another, whatever it is asked with. Without, it is
 * planned anew each time; and a plan that is kept from when a table was small goes on reading all of it. They hold for the
 * transaction.
 */
final class ByKey {
    /** Before the statement. */
    static final String BEGIN = settings("force_generic_plan", "off") + ";\n";

    /** After it, when others follow in the transaction. */
    static final String END = ";\n" + settings("auto", "on");

    private ByKey() {}

    private static String settings(String mode, String others) {
        String plans = Stream.of("seqscan", "hashjoin", "mergejoin", "material")
                .map(other -> "set_config('enable_" + other + "', '" + others + "', true)")
                .collect(Collectors.joining(", "));
        return "SELECT set_config('plan_cache_mode', '" + mode + "', true), " + plans;
    }
}
