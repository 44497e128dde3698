package dev.verbatim.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.verbatim.server.http.ApiException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginLimitsTest {
    private long now = Long.MAX_VALUE - 5;

    private final LoginLimits limits = new LoginLimits(3, Duration.ofSeconds(30), () -> now);

    private void pass(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    private void fail(String name, int times) {
        for (int i = 0; i < times; i++) {
            limits.begin(name);
        }
    }

    @Test
    void afterSoManyFailuresOneHasToWait() {
        fail("a", 3);
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> limits.begin("a"));
        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal.retryAfterSeconds()).isBetween(1, 31);
        assertThatCode(() -> limits.begin("b")).doesNotThrowAnyException();
        pass(31);
        assertThatCode(() -> limits.begin("a")).doesNotThrowAnyException();
        assertThat(catchThrowableOfType(ApiException.class, () -> limits.begin("a"))
                        .status())
                .isEqualTo(429);
    }

    @Test
    void whatDidNotFailDoesNotCount() {
        for (int i = 0; i < 10; i++) {
            limits.begin("a");
            limits.succeeded("a");
        }
        fail("a", 3);
    }

    @Test
    void failuresAreForgotten() {
        fail("a", 3);
        pass(1_000);
        fail("a", 3);
    }

    @Test
    void memoryIsBounded() {
        fail("first", 3);
        for (int i = 0; i < 20_000; i++) {
            limits.begin("name" + i);
        }
        assertThatCode(() -> limits.begin("first")).as("forgotten by now").doesNotThrowAnyException();
    }
}
