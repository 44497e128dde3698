package dev.verbatim.faults.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** That the code of the service is still as the changes to it expect. */
final class MutationTest {
    private static final ClassFileLocator FILES = ClassFileLocator.ForClassLoader.ofSystemLoader();

    static Stream<Mutation> everyService() {
        return Agent.everyService().stream();
    }

    @ParameterizedTest
    @MethodSource("everyService")
    void everyPointHasItsPlace(Mutation mutation) {
        assertThat(changed(mutation)).isNotEqualTo(original(mutation));
    }

    @ParameterizedTest
    @EnumSource
    void everyMutantIsAnother(Mutant mutant) {
        assertThat(mutant.mutations())
                .isNotEmpty()
                .allSatisfy(mutation -> assertThat(changed(mutation)).isNotEqualTo(original(mutation)));
    }

    @Test
    void aMethodThatIsNotThereIsAnError() {
        Mutation mutation = new Mutation("dev.verbatim.HybridHistoryStore", "noSuchMethod", PointAdvice.Commit.class);
        assertThatThrownBy(() -> changed(mutation))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("noSuchMethod");
    }

    private static byte[] changed(Mutation mutation) {
        TypeDescription type = type(mutation);
        return new ByteBuddy()
                .redefine(type, FILES)
                .visit(mutation.visitor(type))
                .make()
                .getBytes();
    }

    private static byte[] original(Mutation mutation) {
        return new ByteBuddy().redefine(type(mutation), FILES).make().getBytes();
    }

    private static TypeDescription type(Mutation mutation) {
        return TypePool.Default.ofSystemLoader().describe(mutation.type()).resolve();
    }
}
