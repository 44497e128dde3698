package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.OutcomeUnknownException;
import dev.verbatim.OverloadedException;
import dev.verbatim.StoreStatus;
import dev.verbatim.UnavailableException;
import dev.verbatim.server.TestClient.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorsTest {
    private static final StoreStatus WELL = new StoreStatus(true, true, true, Duration.ZERO);

    private static Answer read(Throwable failure) {
        try (TestServer server = TestServer.start(FaultyStore.failing(failure, WELL))) {
            return server.admin().with("X-Request-Id", "the-id").get("/api/conversations/c/messages");
        }
    }

    @Test
    void whenPostgresIsAwayNothingWasStored() {
        Answer answer = read(new UnavailableException("PostgreSQL is away; try again", null));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("unavailable");
        assertThat(answer.json().at("/error/message").asString()).isEqualTo("PostgreSQL is away; try again");
    }

    @Test
    void anUnknownOutcomeIsSaid() {
        Answer answer = read(new OutcomeUnknownException("send it again", null));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("outcome_unknown");
    }

    @Test
    void whoAsksTooMuchIsToldWhenToTryAgain() {
        Answer answer = read(new OverloadedException("too many; try again in a second"));
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.code()).isEqualTo("too_many_requests");
    }

    @Test
    void whatNobodyForesawShowsNoInternals() {
        for (Throwable failure : new Throwable[] {
            new IllegalStateException("secret detail"),
            new AssertionError("secret detail"),
            new StackOverflowError("secret detail")
        }) {
            Answer answer = read(failure);
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.code()).isEqualTo("internal");
            assertThat(answer.text()).contains("the-id").doesNotContain("secret", "Exception", "dev.verbatim");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, true, 200, ok",
        "true, false, false, 200, degraded",
        "true, true, false, 200, degraded",
        "false, true, false, 503, unavailable"
    })
    void readinessIsAboutPostgresAndToldAboutRedis(
            boolean log, boolean cache, boolean trusted, int status, String word) {
        StoreStatus said = new StoreStatus(log, cache, trusted, Duration.ZERO);
        try (TestServer server = TestServer.start(FaultyStore.failing(new IllegalStateException(), said))) {
            Answer answer = server.anonymous().get("/health/ready");
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.json().at("/status").asString()).isEqualTo(word);
        }
    }
}
