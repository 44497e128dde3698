package dev.verbatim.faults.inside;

import java.util.List;
import net.bytebuddy.asm.Advice;

/** Where in a service's code the named points are. */
public enum PointInCode {
    BEFORE_LOCK("dev.verbatim.postgres.AppendStatements", "lock", true),
    AFTER_LOCK("dev.verbatim.postgres.AppendStatements", "lock", false),
    AFTER_COMMIT("dev.verbatim.postgres.BatchRunner", "answer", true),
    AMID_APPLIES("dev.verbatim.redis.ApplyScript", "run", false),
    BEFORE_ANSWER("dev.verbatim.HybridHistoryStore", "append", false),
    AFTER_LEASE("dev.verbatim.redis.RedisTail", "lease", false),
    AFTER_READ("dev.verbatim.postgres.PostgresLog", "readFrom", false),
    AFTER_FILL("dev.verbatim.redis.RedisTail", "fill", false),
    BEFORE_DRAIN("dev.verbatim.Drain", "bring", true),
    AFTER_DRAIN("dev.verbatim.Drain", "bring", false);

    private final String type;
    private final String method;
    private final boolean entry;

    PointInCode(String type, String method, boolean entry) {
        this.type = type;
        this.method = method;
        this.entry = entry;
    }

    /** Points within the driver of PostgreSQL, where no one method is the place. */
    public static final List<String> OF_COMMITS = List.of("before-commit", "commit-sent");

    /** How the point is called: {@code before-lock}. */
    public String point() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    String type() {
        return type;
    }

    String method() {
        return method;
    }

    Advice advice() {
        return Advice.withCustomMapping()
                .bind(PointName.class, point())
                .to(entry ? PointAdvice.Entry.class : PointAdvice.Exit.class);
    }
}
