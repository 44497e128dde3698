package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.Claim;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryConfig;
import dev.verbatim.InvalidInputException;
import dev.verbatim.KeptAnswer;
import dev.verbatim.NewConversation;
import dev.verbatim.Owner;
import dev.verbatim.RepeatableRequest;
import dev.verbatim.Requests.Answered;
import dev.verbatim.Requests.Different;
import dev.verbatim.Requests.Gone;
import dev.verbatim.Requests.Turn;
import dev.verbatim.Requests.UnderWay;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is remembered of requests, and for how long. */
class PostgresRequestsTest {
    private static final Owner ANN = Owner.named("ann");
    private static final KeptAnswer ANSWER = new KeptAnswer(201, "A: b\n", new byte[] {0, 1, -1});

    private final String url = RealServers.newDatabase();
    private final PostgresLog log = PostgresLog.open(HistoryConfig.of(url, RealServers.emptyRedis()));
    private final PostgresRequests requests = log.requests();

    @AfterEach
    void close() {
        requests.close();
        log.close();
    }

    private static RepeatableRequest request(String content, boolean first) {
        return new RepeatableRequest(ANN, "aa", content, Duration.ofHours(24), first);
    }

    private static RepeatableRequest request() {
        return request("bb", false);
    }

    private Claim turn(RepeatableRequest request) {
        return ((Turn) requests.claim(request)).claim();
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long rows() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM kept_requests")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void oneHasTheTurnTheOthersGetItsAnswer() {
        Claim claim = turn(request());
        assertThat(requests.claim(request())).isInstanceOf(UnderWay.class);
        assertThat(requests.claim(request("cc", false))).isInstanceOf(Different.class);
        assertThat(requests.keep(claim, ANSWER, null)).contains(ANSWER);
        KeptAnswer kept = ((Answered) requests.claim(request())).answer().orElseThrow();
        assertThat(kept.status()).isEqualTo(201);
        assertThat(kept.headers()).isEqualTo("A: b\n");
        assertThat(kept.body()).containsExactly(0, 1, -1);
        assertThat(requests.claim(request("cc", false))).isInstanceOf(Different.class);
    }

    @Test
    void whoTakesOverGoesOnUnderTheSameIds() throws SQLException {
        Claim dead = turn(request());
        sql("UPDATE kept_requests SET held_until = now() - interval '1 second'");
        Turn next = (Turn) requests.claim(request());
        assertThat(next.first()).isFalse();
        assertThat(next.claim().madeId(3)).isEqualTo(dead.madeId(3)).isNotEqualTo(dead.madeId(2));
        assertThat(requests.keep(next.claim(), ANSWER, null)).contains(ANSWER);
        KeptAnswer late = new KeptAnswer(200, "", new byte[0]);
        assertThat(requests.keep(dead, late, null).orElseThrow().status())
                .as("the first answer stays")
                .isEqualTo(201);
    }

    @Test
    void whatWasGivenUpIsFreeAtOnceAndWhatWasForgottenIsNew() {
        Claim given = turn(request());
        requests.release(given);
        Turn next = (Turn) requests.claim(request());
        assertThat(next.claim().seed()).isEqualTo(given.seed());
        requests.forget(next.claim());
        Turn other = (Turn) requests.claim(request("cc", false));
        assertThat(other.first()).isTrue();
        assertThat(other.claim().seed()).isNotEqualTo(given.seed());
    }

    @Test
    void aFirstRequestIsNoRepeatOfAnEarlierOne() {
        Claim earlier = turn(request("bb", true));
        requests.keep(earlier, ANSWER, null);
        Claim first = turn(request("bb", true));
        assertThat(first.seed()).isNotEqualTo(earlier.seed());
        assertThat(requests.claim(request())).isInstanceOf(UnderWay.class);
        requests.keep(first, ANSWER, null);
        assertThat(requests.claim(request())).isInstanceOf(Answered.class);
    }

    @Test
    void aLargeAnswerIsNotKeptButThatThereWasOneIs() {
        Claim claim = turn(request());
        requests.keep(claim, new KeptAnswer(201, "", new byte[PostgresRequests.MOST_BYTES + 1]), null);
        Answered answered = (Answered) requests.claim(request());
        assertThat(answered.answer()).isEmpty();
        assertThat(answered.claim().madeId(0)).isEqualTo(claim.madeId(0));
    }

    @Test
    void whatHasExpiredIsForgottenAndTakenAway() throws SQLException {
        Claim claim = turn(request());
        requests.keep(claim, ANSWER, null);
        requests.trim();
        assertThat(rows()).isEqualTo(1);
        sql(
                "UPDATE kept_requests SET expires_at = expires_at - interval '24 hours', held_until = now() - interval '1 s'");
        assertThat(turn(request("cc", false)).seed()).isNotEqualTo(claim.seed());
        sql("UPDATE kept_requests SET expires_at = now() - interval '1 s', held_until = now() + interval '1 hour'");
        requests.trim();
        assertThat(rows()).as("one under way stays").isEqualTo(1);
        sql("UPDATE kept_requests SET held_until = now() - interval '1 s'");
        sql("INSERT INTO kept_requests SELECT user_id, int4send(n), content, seed, holder, held_until, expires_at"
                + " FROM kept_requests, generate_series(1, 500) n");
        requests.trim();
        assertThat(rows()).isZero();
    }

    @Test
    void anAnswerGoesWithItsConversation() throws SQLException {
        ConversationKey key = ConversationKey.of(ANN, "c");
        log.create(ANN, NewConversation.withId("c"));
        requests.keep(turn(request()), ANSWER, key);
        log.delete(key, OptionalLong.empty());
        assertThat(requests.claim(request())).isInstanceOf(Gone.class);
        sql("DELETE FROM kept_requests WHERE answer IS NULL AND headers IS NULL");
        assertThat(rows()).as("nothing of it is left").isZero();
        assertThat(requests.keep(turn(request()), ANSWER, key))
                .as("its conversation was deleted before")
                .isEmpty();
    }

    @Test
    void anErasedUsersRequestsGoToo() throws SQLException {
        Claim claim = turn(request());
        Claim other = turn(new RepeatableRequest(ANN, "ab", "bb", Duration.ofHours(24), false));
        requests.keep(claim, ANSWER, null);
        sql("UPDATE users SET erased_at = now()");
        assertThat(requests.claim(new RepeatableRequest(ANN, "ac", "bb", Duration.ofHours(24), false)))
                .isInstanceOf(Gone.class);
        log.erase(ANN.id(), (key, gen) -> {});
        assertThat(rows()).isZero();
        assertThat(requests.keep(other, ANSWER, null)).isEmpty();
        assertThat(rows()).isZero();
    }

    @Test
    void whoHasNoAccountIsTold() {
        Owner nobody = Owner.registered(UUID.randomUUID());
        assertThatThrownBy(() -> requests.claim(new RepeatableRequest(nobody, "aa", "bb", Duration.ofHours(1), false)))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aTryThatWorksOnKeepsItsTurn() throws SQLException {
        turn(request());
        sql("UPDATE kept_requests SET held_until = now() + interval '200 ms'");
        Await.until(this::heldLong);
        assertThat(requests.claim(request())).isInstanceOf(UnderWay.class);
    }

    private boolean heldLong() {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT held_until > now() + interval '1 s' FROM kept_requests")) {
            row.next();
            return row.getBoolean(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
