package dev.verbatim.faults.agent;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Loaded into a service before it starts; nothing of it is in what is released. */
public final class Agent {
    private Agent() {}

    /**
     * Puts the points into the service, and what makes it the mutant it is to be. {@code arguments}: PORT,PATH[,MUTANT];
     * what it notes is in files whose names begin with that path. The service does not start when the code is not as the
     * changes expect it.
     */
    public static void premain(String arguments, Instrumentation instrumentation) {
        String[] words = arguments.split(",", -1);
        Changes changes = new Changes(everyService());
        if (words.length > 2) {
            changes.add(Mutant.of(words[2]).mutations());
        }
        changes.install(instrumentation);
        SlowMoments.noteIn(Path.of(words[1] + ".slow"));
        Points.noteIn(Path.of(words[1] + ".died"));
        Points.listen(Integer.parseInt(words[0]));
    }

    /** What is put into every service. */
    static List<Mutation> everyService() {
        List<Mutation> all = new ArrayList<>();
        for (PointInCode point : PointInCode.values()) {
            all.add(new Mutation(point.type(), point.method(), point.advice()));
        }
        all.add(new Mutation("dev.verbatim.postgres.AppendStatements", "write", PointAdvice.Insert.class));
        all.add(new Mutation("org.postgresql.jdbc.PgConnection", "commit", PointAdvice.Commit.class));
        all.add(new Mutation("org.postgresql.core.v3.QueryExecutorImpl", "processResults", PointAdvice.Answer.class));
        all.add(new Mutation("dev.verbatim.redis.PendingChanges", "await", PointAdvice.Unconfirmed.class));
        return all;
    }
}
