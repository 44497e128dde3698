package dev.verbatim.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.faults.inside.Mutant;
import dev.verbatim.faults.site.Program;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MutantsTest {
    @Test
    void theServiceAsItIsGoesThroughAllThatFindsTheMutantsOut() {
        RunPlan control = Mutants.control(List.of(Mutant.values()), 1);
        assertThat(control.program()).isEqualTo(Program.BREAKABLE);
        for (String kind :
                List.of("kill-before-commit", "hasty-clients", "reset-clients", "hole-redis", "lost-requests-redis")) {
            assertThat(control.schedule().toString()).contains(kind);
        }
        assertThat(control.calls()).isPositive();
    }

    @Test
    void ofOneMutantItGoesThroughWhatFindsThatOneOut() {
        RunPlan control = Mutants.control(List.of(Mutant.NO_TAIL), 1);
        assertThat(control.schedule().toString())
                .contains("hole-redis", "lost-requests-redis")
                .doesNotContain("kill", "clients");
    }
}
