package dev.verbatim.postgres;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Settings for statements that find their rows by their keys, one after another, whatever they are asked with. Without, they
 * are planned anew each time; and a plan that is kept from when a table was small goes on reading all of it.
 */
final class ByKey {
    /**
     * What to select for them to hold until the transaction ends. Before PostgreSQL 18 a plan that has to do what is
     * switched off here, such as to read a table of one row, seems so dear that it would be compiled each time.
     */
    static final String SETTINGS = "set_config('plan_cache_mode', 'force_generic_plan', true), "
            + Stream.of("enable_seqscan", "enable_hashjoin", "enable_mergejoin", "enable_material", "jit")
                    .map(setting -> "set_config('" + setting + "', 'off', true)")
                    .collect(Collectors.joining(", "));

    private ByKey() {}
}
