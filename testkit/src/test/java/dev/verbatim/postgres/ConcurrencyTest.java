package dev.verbatim.postgres;

import static dev.verbatim.postgres.TestLog.ALICE;
import static dev.verbatim.postgres.TestLog.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.AppendOptions;
import dev.verbatim.Appended;
import dev.verbatim.ConflictException;
import dev.verbatim.ConversationGoneException;
import dev.verbatim.ConversationKey;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.ConversationUpdate;
import dev.verbatim.HistoryException;
import dev.verbatim.Message;
import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many callers at once, through two servers on one database. */
class ConcurrencyTest {
    private static final int CALLERS = 32;

    private static TestLog one;
    private static TestLog two;

    @BeforeAll
    static void open() {
        one = TestLog.open();
        two = one.another();
    }

    @AfterAll
    static void close() {
        two.close();
        one.close();
    }

    private static TestLog server(int i) {
        return i % 2 == 0 ? one : two;
    }

    @Test
    void numbersHaveNoGapAndEachMessageIsThereOnce() {
        int conversations = 10;
        int each = 40;
        List<Appended> all = Collections.synchronizedList(new ArrayList<>());
        Parallel.values(Parallel.run(CALLERS, caller -> () -> {
            for (int i = 0; i < each; i++) {
                int conversation = (caller + i) % conversations;
                all.add(server(caller)
                        .append(
                                Owner.named("owner" + conversation % 3),
                                "c" + conversation,
                                user(caller + "/" + i),
                                user("second")));
            }
            return true;
        }));

        long stored = 0;
        for (int c = 0; c < conversations; c++) {
            List<Message> messages = one.all(Owner.named("owner" + c % 3), "c" + c);
            assertThat(messages)
                    .extracting(Message::seq)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, messages.size()).boxed().toList());
            assertCommitsTell(ConversationKey.of(Owner.named("owner" + c % 3), "c" + c), messages);
            stored += messages.size();
        }
        assertThat(stored).isEqualTo(2L * CALLERS * each);
        assertThat(all)
                .allSatisfy(appended -> assertThat(appended.messages().get(1).seq())
                        .isEqualTo(appended.messages().get(0).seq() + 1));
    }

    /** What the caches are told covers every number of the conversation once, whichever server committed it. */
    private static void assertCommitsTell(ConversationKey key, List<Message> all) {
        List<Message> told = Stream.of(one, two)
                .flatMap(server -> server.commits().stream())
                .filter(commit -> commit.key().equals(key))
                .flatMap(commit -> commit.messages().stream())
                .sorted(Comparator.comparingLong(Message::seq))
                .toList();
        assertThat(told).isEqualTo(all);
    }

    @Test
    void oneCallersAppendsKeepTheirOrderAndShareTransactions() throws Exception {
        one.append("order", user("first"));
        long before = one.number("SELECT count(*) FROM change_log");
        List<Future<Appended>> results = Parallel.run(200, i -> () -> one.append("order", user("m" + i)));

        assertThat(Parallel.values(results)).hasSize(200);
        assertThat(one.all("order")).hasSize(201);
        // One row a transaction and conversation: far fewer than appends.
        assertThat(one.number("SELECT count(*) FROM change_log") - before).isLessThan(100);
    }

    @Test
    void theSameIdFromManyCallersOfBothServersIsStoredOnce() {
        List<Appended> results = Parallel.values(Parallel.run(
                CALLERS, i -> () -> server(i).append("same", user("hello").withId("m"))));

        assertThat(one.all("same")).hasSize(1);
        assertThat(results)
                .allSatisfy(result -> assertThat(result.messages())
                        .containsExactly(one.all("same").getFirst()));
    }

    @Test
    void ofTwoBodiesUnderOneIdOneWins() throws Exception {
        List<Future<Appended>> results = Parallel.run(
                CALLERS,
                i -> () -> server(i).append("race", user("body" + i % 4).withId("m"), user("extra" + i)));
        List<HistoryException> errors = Parallel.errors(results);

        assertThat(errors).hasSize(CALLERS * 3 / 4).allMatch(e -> e instanceof ConflictException);
        assertThat(one.all("race")).hasSize(1 + CALLERS / 4);
    }

    @Test
    void aBadAppendFailsAlone() throws Exception {
        one.sql("ALTER TABLE messages ADD CONSTRAINT no_poison CHECK (body NOT LIKE '%poison%') NOT VALID");
        one.append("steady", user("taken").withId("taken"));
        List<Future<Appended>> results = Parallel.run(130, i -> () -> switch (i % 13) {
            case 4 -> one.append("steady", user("poison"));
            case 8 -> one.append("steady", user("other body").withId("taken"));
            case 12 -> one.committer().append(ALICE, "nowhere" + i, List.of(user("x")), AppendOptions.EXISTING);
            default -> one.append("c" + i % 3, user("good " + i), user("more"));
        });
        List<HistoryException> errors = Parallel.errors(results);

        assertThat(errors).hasSize(30);
        assertThat(errors).filteredOn(e -> e instanceof ConflictException).hasSize(10);
        assertThat(errors)
                .filteredOn(e -> e instanceof ConversationNotFoundException)
                .hasSize(10);
        assertThat(errors)
                .filteredOn(e -> String.valueOf(e.getMessage()).contains("no_poison"))
                .hasSize(10);
        assertThat(one.all("steady")).hasSize(1);
        assertThat(one.all("c0").size() + one.all("c1").size() + one.all("c2").size())
                .isEqualTo(200);
        one.sql("ALTER TABLE messages DROP CONSTRAINT no_poison");
    }

    @Test
    void nothingDeadlocks() throws Exception {
        int operations = 60;
        List<Future<Boolean>> results = Parallel.run(CALLERS, caller -> () -> {
            Random random = new Random(caller);
            for (int i = 0; i < operations; i++) {
                tolerated(random, server(caller));
            }
            return true;
        });

        assertThat(Parallel.errors(results)).isEmpty();
        assertThat(one.number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
                .isZero();
    }

    /** One random change; that its conversation or owner is just being deleted is no fault. */
    private static void tolerated(Random random, TestLog server) {
        Owner owner = Owner.named("crowd" + random.nextInt(4));
        String id = "c" + random.nextInt(8);
        ConversationKey key = ConversationKey.of(owner, id);
        NewMessage message = user("m" + random.nextInt(5)).withId("id" + random.nextInt(1000));
        try {
            switch (random.nextInt(10)) {
                case 0 -> server.log().delete(key, OptionalLong.empty());
                case 1 -> server.log().create(owner, NewConversation.withId(id));
                case 2 -> server.log().update(key, id, ConversationUpdate.NONE.title("t" + random.nextInt()));
                case 3 -> eraseNowAndThen(random, server, owner);
                default -> server.append(owner, id, message, user("x"));
            }
        } catch (ConversationGoneException | ConversationNotFoundException | ConflictException e) {
            assertThat(e).hasMessageNotContaining("SQLSTATE");
        }
    }

    private static void eraseNowAndThen(Random random, TestLog server, Owner owner) {
        if (random.nextInt(3) == 0) {
            server.erase(owner);
        }
    }
}
