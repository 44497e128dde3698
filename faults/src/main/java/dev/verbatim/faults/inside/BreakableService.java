package dev.verbatim.faults.inside;

import dev.verbatim.server.Main;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A service that breaks when it is told to; nothing of it is in what is released. To be run with the classes of {@link Changes}. */
public final class BreakableService {
    private BreakableService() {}

    /**
     * {@code arguments}: the port on which it is told to break, the path with which the names of the files begin that it
     * notes things in, and the arguments of the service.
     */
    public static void main(String[] arguments) {
        SlowMoments.noteIn(Path.of(arguments[1] + ".slow"));
        Points.noteIn(Path.of(arguments[1] + ".died"));
        Points.listen(Integer.parseInt(arguments[0]));
        Main.main(Arrays.copyOfRange(arguments, 2, arguments.length));
    }

    /** What is put into every service. */
    static List<Mutation> everyService() {
        List<Mutation> all = new ArrayList<>();
        for (PointInCode point : PointInCode.values()) {
            all.add(new Mutation(point.type(), point.method(), point.advice()));
        }
        all.add(new Mutation("dev.verbatim.postgres.AppendStatements", "write", PointAdvice.Insert.class));
        all.add(new Mutation("dev.verbatim.postgres.Transactions$Transaction", "commitWith", PointAdvice.Commit.class));
        all.add(new Mutation("org.postgresql.jdbc.PgConnection", "commit", PointAdvice.Commit.class));
        all.add(new Mutation("org.postgresql.core.v3.QueryExecutorImpl", "processResults", PointAdvice.Answer.class));
        all.add(new Mutation("dev.verbatim.redis.PendingChanges", "await", PointAdvice.Unconfirmed.class));
        all.add(new Mutation("dev.verbatim.redis.Silence", "lasts", PointAdvice.Refused.class));
        return all;
    }
}
