package dev.verbatim.faults.agent;

import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;

/** Changes the code of a process as its classes are loaded. One that cannot be made is an error: a run that breaks nothing shows nothing. */
final class Changes {
    private final List<Mutation> mutations;

    Changes(List<Mutation> mutations) {
        this.mutations = new ArrayList<>(mutations);
    }

    void add(List<Mutation> more) {
        mutations.addAll(more);
    }

    /** Loads every class that is to be another one; throws {@link IllegalStateException} when one of them is not. */
    void install(Instrumentation instrumentation) {
        Result result = new Result();
        AgentBuilder builder = new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(result)
                .ignore(not(nameStartsWith("dev.verbatim.").or(nameStartsWith("org.postgresql."))));
        for (Mutation mutation : mutations) {
            builder = builder.type(named(mutation.type()))
                    .transform((changed, description, loader, module, domain) ->
                            changed.visit(mutation.visitor(description)));
        }
        builder.installOn(instrumentation);
        mutations.stream().map(Mutation::type).distinct().forEach(result::checkChanged);
    }

    /** What became of each class. */
    private static final class Result extends AgentBuilder.Listener.Adapter {
        private final Set<String> changed = ConcurrentHashMap.newKeySet();
        private volatile @Nullable Throwable failure;

        @Override
        public void onTransformation(
                TypeDescription type,
                @Nullable ClassLoader loader,
                @Nullable JavaModule module,
                boolean loaded,
                DynamicType dynamicType) {
            changed.add(type.getName());
        }

        @Override
        public void onError(
                String type,
                @Nullable ClassLoader loader,
                @Nullable JavaModule module,
                boolean loaded,
                Throwable throwable) {
            failure = throwable;
        }

        void checkChanged(String type) {
            try {
                Class.forName(type, false, ClassLoader.getSystemClassLoader());
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("the service has no class " + type, e);
            }
            if (!changed.contains(type)) {
                throw new IllegalStateException(type + " could not be changed", failure);
            }
        }
    }
}
