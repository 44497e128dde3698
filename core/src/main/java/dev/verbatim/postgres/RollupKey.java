package dev.verbatim.postgres;

import dev.verbatim.insight.Fact;
import dev.verbatim.insight.Period;
import dev.verbatim.insight.Recommendation;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which row of a table of roll-ups.
 *
 * @param whose a scope, or a user
 */
record RollupKey(String whose, Period period, Instant at, String model, String recommendation) {
    static final String ALL = "all";

    /** For all models, for all recommendations; for a user, that there was none. */
    static final String ANY = "";

    static String department(String id) {
        return "dept:" + id;
    }

    static String name(@Nullable Recommendation recommendation) {
        return recommendation == null ? ANY : recommendation.name();
    }

    static @Nullable String nameOrNull(@Nullable Recommendation recommendation) {
        return recommendation == null ? null : recommendation.name();
    }

    static String name(@Nullable String model) {
        return model == null ? ANY : model;
    }

    /** The rows of scopes that a log counts in, of one length. */
    static void shared(Fact fact, Period period, Consumer<RollupKey> each) {
        shared(fact, period, ALL, each);
        if (fact.deptId() != null) {
            shared(fact, period, department(fact.deptId()), each);
        }
    }

    private static void shared(Fact fact, Period period, String scope, Consumer<RollupKey> each) {
        Instant at = period.floor(fact.createdAt());
        String model = name(fact.model());
        String recommendation = name(fact.recommendation());
        each.accept(new RollupKey(scope, period, at, ANY, ANY));
        if (!model.equals(ANY)) {
            each.accept(new RollupKey(scope, period, at, model, ANY));
        }
        if (!recommendation.equals(ANY)) {
            each.accept(new RollupKey(scope, period, at, ANY, recommendation));
        }
        if (!model.equals(ANY) && !recommendation.equals(ANY)) {
            each.accept(new RollupKey(scope, period, at, model, recommendation));
        }
    }

    /** The row of the user that a log counts in, of one length. */
    static RollupKey own(Fact fact, Period period) {
        return new RollupKey(
                fact.user().toString(),
                period,
                period.floor(fact.createdAt()),
                name(fact.model()),
                name(fact.recommendation()));
    }
}
