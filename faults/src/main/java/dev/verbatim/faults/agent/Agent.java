package dev.verbatim.faults.agent;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/** Loaded into a service before it starts; nothing of it is in what is released. */
public final class Agent {
    private Agent() {}

    /** Puts the points into the service, and what makes it the mutant it is to be. {@code arguments}: PORT,FILE[,MUTANT]. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        String[] words = arguments.split(",", -1);
        AgentBuilder builder = new AgentBuilder.Default()
                .disableClassFormatChanges()
                .ignore(not(nameStartsWith("dev.verbatim.").or(nameStartsWith("org.postgresql."))));
        for (PointInCode point : PointInCode.values()) {
            builder = with(builder, point.type(), point.method(), point.advice());
        }
        builder = with(builder, "org.postgresql.jdbc.PgConnection", "commit", Advice.to(PointAdvice.Commit.class));
        builder = with(
                builder,
                "org.postgresql.core.v3.QueryExecutorImpl",
                "processResults",
                Advice.to(PointAdvice.Answer.class));
        builder = with(builder, "dev.verbatim.redis.PendingChanges", "await", Advice.to(PointAdvice.Unconfirmed.class));
        if (words.length > 2) {
            for (Mutation mutation : Mutant.of(words[2]).mutations()) {
                builder = with(builder, mutation.type(), mutation.method(), Advice.to(mutation.advice()));
            }
        }
        builder.installOn(instrumentation);
        SlowMoments.noteIn(Path.of(words[1]));
        Points.listen(Integer.parseInt(words[0]));
    }

    private static AgentBuilder with(AgentBuilder builder, String type, String method, Advice advice) {
        return builder.type(named(type))
                .transform((changed, description, loader, module, domain) ->
                        changed.visit(method.equals("<init>") ? advice.on(isConstructor()) : advice.on(named(method))));
    }
}
