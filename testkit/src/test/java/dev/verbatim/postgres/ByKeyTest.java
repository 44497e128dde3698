package dev.verbatim.postgres;

import static dev.verbatim.postgres.TestLog.ALICE;
import static dev.verbatim.postgres.TestLog.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.ConversationKey;
import dev.verbatim.Slice;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an append and a read look at, whatever their plans were made for. */
class ByKeyTest {
    private static final int OTHERS = 3_000;
    private static final int TIMES = 50;

    private TestLog test;

    @BeforeEach
    void open() {
        test = TestLog.open();
    }

    @AfterEach
    void close() {
        test.close();
    }

    /** Made while there is nothing yet, or for users who have one conversation each. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theOtherConversationsOfAUserAreNotLookedAt(boolean analyzed) throws Exception {
        if (analyzed) {
            conversations("gen_random_uuid()");
            test.sql("ANALYZE");
        }
        appendAndRead(1);
        conversations("'" + ALICE.id() + "'");
        long before = looks("idx_scan");
        long rows = rows();
        appendAndRead(TIMES);

        Parallel.await(() -> looks("idx_scan") - before >= 2 * TIMES);
        assertThat(rows() - rows).isLessThan(OTHERS);
    }

    private void appendAndRead(int times) {
        ConversationKey key = ConversationKey.of(ALICE, "one");
        for (int i = 0; i < times; i++) {
            test.append("one", user("m"));
            assertThat(test.log().read(key, Slice.newest(1)).orElseThrow().messages())
                    .hasSize(1);
        }
    }

    /** Each of a user that {@code user} says. */
    private void conversations(String user) throws SQLException {
        test.sql("WITH one AS (SELECT i, " + user + "::uuid AS user_id FROM generate_series(1, " + OTHERS + ") i),"
                + " known AS (INSERT INTO users (id) SELECT user_id FROM one ON CONFLICT DO NOTHING)"
                + " INSERT INTO conversations (user_id, id, created_at, updated_at, active_minute, gen, external_id)"
                + " SELECT user_id, gen_random_uuid(), now(), now(), now(), 1, 'other ' || i FROM one");
    }

    /** The rows that were read of all conversations and messages. */
    private long rows() {
        return looks("seq_tup_read") + looks("idx_tup_fetch");
    }

    private long looks(String column) {
        try {
            return test.number("SELECT sum(" + column + ") FROM pg_stat_user_tables"
                    + " WHERE relname IN ('conversations', 'messages')");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** To compile a statement takes a hundred times as long as to run it. PostgreSQL would for what seems dear to it. */
    @Test
    void nothingIsCompiled() throws Exception {
        for (String sql : List.of(
                AppendStatements.LOCK,
                AppendStatements.BROUGHT,
                AppendStatements.MADE,
                AppendStatements.WRITE,
                Reads.RANGE)) {
            assertThat(plan(sql)).contains(" Cond: ").doesNotContain("JIT:");
        }
    }

    @Test
    void aMessageThatIsSentAgainIsLookedUpByItsId() throws Exception {
        assertThat(plan(AppendStatements.BROUGHT)).contains("messages_brought");
    }

    private String plan(String sql) throws SQLException {
        AtomicInteger count = new AtomicInteger();
        String numbered = Pattern.compile("\\?").matcher(sql).replaceAll(mark -> "\\$" + count.incrementAndGet());
        StringBuilder plan = new StringBuilder();
        try (Connection connection = test.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET jit_above_cost = 0");
            connection.setAutoCommit(false);
            statement.execute("SELECT " + ByKey.SETTINGS);
            statement.execute("PREPARE it AS " + numbered);
            try (ResultSet rows =
                    statement.executeQuery("EXPLAIN EXECUTE it (" + "NULL, ".repeat(count.get() - 1) + "NULL)")) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
        }
        return plan.toString();
    }
}
