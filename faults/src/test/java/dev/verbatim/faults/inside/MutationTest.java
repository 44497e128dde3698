package dev.verbatim.faults.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** That the code of the service is still as the changes to it expect. */
final class MutationTest {
    static Stream<Mutation> everyService() {
        return BreakableService.everyService().stream();
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
        return Changes.changed(mutation.type(), List.of(mutation));
    }

    private static byte[] original(Mutation mutation) {
        return Changes.changed(mutation.type(), List.of());
    }
}
