package dev.verbatim.postgres;

import static dev.verbatim.postgres.TestLog.ALICE;
import static dev.verbatim.postgres.TestLog.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.AppendOptions;
import dev.verbatim.ConversationKey;
import dev.verbatim.Message;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Appends to one conversation that wait together, of which some may make it. */
class BatchRunnerTest {
    private static TestLog test;
    private static BatchRunner runner;

    @BeforeAll
    static void open() {
        test = TestLog.open();
        runner = test.log().batchRunner(commits -> () -> {});
    }

    @AfterAll
    static void close() {
        test.close();
    }

    private static AppendRequest request(String conversation, String text, AppendOptions options) {
        return new AppendRequest(
                ALICE, conversation, List.of(user(text)), options, null, Deadline.in(Duration.ofSeconds(10)));
    }

    @Test
    void theyKeepTheirOrderWhenItIsMade() {
        AppendRequest first = request("made", "1", AppendOptions.EXISTING);
        AppendRequest second = request("made", "2", AppendOptions.CREATE);
        AppendRequest third = request("made", "3", AppendOptions.EXISTING);

        BatchRunner.Leftover left = runner.run(List.of(first, second, third), false);

        assertThat(left.locked()).isEmpty();
        assertThat(left.suspects()).isEmpty();
        assertThat(test.all("made")).extracting(Message::id).containsExactly(id(first), id(second), id(third));
    }

    private static String id(AppendRequest request) {
        return request.await().appended().messages().getFirst().id();
    }

    @Test
    void theyKeepTheirOrderWhenSomebodyHoldsIt() throws Exception {
        test.append("held", user("0"));
        AppendRequest first = request("held", "1", AppendOptions.EXISTING);
        AppendRequest second = request("held", "2", AppendOptions.CREATE);
        AppendRequest other = request("other", "1", AppendOptions.CREATE);
        try (Held held = new Held(test, ConversationKey.of(ALICE, "held"))) {
            BatchRunner.Leftover left = runner.run(List.of(first, second, other), false);

            assertThat(held).isNotNull();
            assertThat(left.locked()).containsExactly(first, second);
            assertThat(left.suspects()).isEmpty();
            assertThat(test.all("other")).hasSize(1);
        }
    }
}
