package dev.verbatim.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the real scripts, with the arguments the real classes give them, on a real Redis through every order in which the
 * steps of a bounded {@link Scenario} can come, and looks at every state in between: nothing that may be served (by
 * {@code CachedTail.current}) is behind what Redis was told of, what was acknowledged or what somebody was shown before,
 * or was never said; its lines are those of the log; and a reader that nobody disturbs can make it servable again.
 *
 * <p>The steps:
 *
 * <ul>
 *   <li>writers ({@link WriterSteps}): an append of one to three messages, a repeated append, an edit, a delete, a create
 *       commits; each commit is applied, or its entry dropped, in any order; Redis may confirm nothing, or the writer
 *       die, and then the change tail notes the change any time later; an apply may come again;
 *   <li>readers ({@link ReaderSteps}): lease, read of the log, fill, a note when that is refused; or a read of the log
 *       and a note without a lease; death at any point, which leaves the lease;
 *   <li>Redis and the epoch ({@link FaultSteps}): the entry goes; its lease ends by time; an older copy comes back, and
 *       with it a new epoch; the epoch is replaced while Redis goes on. Whoever calls a script may believe in any epoch
 *       there was since its step before.
 * </ul>
 *
 * <p>What a state is, is said by {@link State}: the entry's bytes, the log, where everybody is. Whoever a lease is for
 * does not matter, nor when it ends, only whether it has ended; readers are alike ({@link Symmetry}). Redis is asked once
 * for each call on each entry ({@link Scripts}). A server's own knowledge ({@code RecentChanges}) is left out, as if each
 * step were done by another server. {@link Mutants} must break the same promises in the same scenarios.
 *
 * <p>The larger scenarios take minutes: {@code make interleavings}.
 */
final class EveryInterleavingTest {
    /** Fewer, and a scenario does not let happen what it should. */
    private static final int FEWEST_STATES = 50_000;

    private static final int FEWEST_OF_LARGE = 500_000;

    static List<Scenario> scenarios() {
        return Scenario.ALL;
    }

    static List<Scenario> largeScenarios() {
        return Scenario.LARGE;
    }

    static List<Mutant> mutants() {
        return Mutants.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void keepsWhatIsPromised(Scenario scenario) {
        holds(scenario, FEWEST_STATES);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("largeScenarios")
    void keepsWhatIsPromisedInLargerScenarios(Scenario scenario) {
        holds(scenario, FEWEST_OF_LARGE);
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void findsTheMutant(Mutant mutant) {
        Search.Found found = Search.run(mutant.protocol(), mutant.scenario(), mutant.broken());
        System.out.printf("mutant, %s:%n  %s%n  %s%n", mutant, found.numbers(), String.join("\n  ", found.trace()));
        assertThat(found.broken())
                .as("nothing breaks in %s", mutant.scenario())
                .isNotNull()
                .startsWith(mutant.broken());
        System.out.println("  " + found.broken());
    }

    private static void holds(Scenario scenario, int fewest) {
        Search.Found found = Search.run(Protocol.REAL, scenario);
        System.out.println(found.numbers());
        assertThat(found.broken()).as(() -> String.join("\n", found.trace())).isNull();
        assertThat(found.states()).isGreaterThan(fewest);
        assertThat(found.servable()).as("states with an entry to be served").isGreaterThan(found.states() / 20);
    }
}
