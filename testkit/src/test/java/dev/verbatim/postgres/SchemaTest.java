package dev.verbatim.postgres;

import static dev.verbatim.postgres.TestLog.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Owner;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the tables do by themselves. */
class SchemaTest {
    private static TestLog test;

    @BeforeAll
    static void open() {
        test = TestLog.open();
    }

    @AfterAll
    static void close() {
        test.close();
    }

    @Test
    void deletingAUserInSqlTakesAllThatIsTheirs() throws Exception {
        Owner owner = Owner.named("cascade");
        test.append(owner, "a", user("x"), user("y"));
        test.append(owner, "b", user("x"));
        test.append(Owner.named("other"), "a", user("x"));
        test.sql("INSERT INTO query_logs (user_id, id, response_time_ms, query) VALUES ('" + owner.id()
                + "', gen_random_uuid(), 1, 'q')");
        test.sql("DELETE FROM conversations WHERE user_id = '" + owner.id() + "' AND external_id = 'b'");
        assertThat(test.number("SELECT count(*) FROM messages WHERE user_id = '" + owner.id() + "'"))
                .isEqualTo(2);
        test.sql("DELETE FROM users WHERE id = '" + owner.id() + "'");

        assertThat(test.number("SELECT (SELECT count(*) FROM conversations WHERE user_id = u.id)"
                        + " + (SELECT count(*) FROM messages WHERE user_id = u.id)"
                        + " + (SELECT count(*) FROM query_logs WHERE user_id = u.id)"
                        + " FROM (VALUES ('" + owner.id() + "'::uuid)) AS u (id)"))
                .isZero();
        assertThat(test.all(Owner.named("other"), "a")).hasSize(1);
    }

    @Test
    void emptyingTheConversationsInSqlTakesTheirMessages() throws Exception {
        try (TestLog emptied = TestLog.open()) {
            emptied.append("a", user("x"));
            emptied.sql("TRUNCATE conversations CASCADE");

            assertThat(emptied.append("a", user("y")).lastSeq()).isEqualTo(1);
        }
    }

    @Test
    void appendsLeaveTheConversationsUpdatesHot() throws Exception {
        int conversations = 20;
        int appends = 1_000;
        for (int i = 0; i < conversations; i++) {
            test.append("hot" + i, user("first"));
        }
        long updates = updates("n_tup_upd");
        long hot = updates("n_tup_hot_upd");
        long minutes = minute();
        Parallel.values(Parallel.run(conversations, conversation -> () -> {
            for (int i = 0; i < appends / conversations; i++) {
                test.append("hot" + conversation, user("m" + i));
            }
            return conversation;
        }));
        Parallel.await(() -> updates("n_tup_upd") - updates >= appends);
        long notHot = updates("n_tup_upd") - updates - (updates("n_tup_hot_upd") - hot);

        // One a conversation and minute that began, and now and then one that found its page full.
        assertThat(notHot).isLessThan(conversations * (minute() - minutes + 1) + appends / 20);
    }

    private static long minute() throws SQLException {
        return test.number("SELECT (extract(epoch FROM clock_timestamp()) / 60)::bigint");
    }

    private static long updates(String column) {
        try {
            test.sql("SELECT pg_stat_clear_snapshot()");
            return test.number("SELECT " + column + " FROM pg_stat_user_tables WHERE relname = 'conversations'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
