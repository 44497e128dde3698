package dev.verbatim.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.Accounts;
import dev.verbatim.Accounts.Principal;
import dev.verbatim.Accounts.Role;
import dev.verbatim.OverloadedException;
import dev.verbatim.SecretHash;
import dev.verbatim.UnavailableException;
import dev.verbatim.testkit.Await;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrincipalsTest {
    private static final SecretHash SECRET = SecretHash.of("secret");
    private static final Optional<Principal> KNOWN = Optional.of(new Principal(null, Role.SERVICE, "default", false));

    private interface Asked {
        Optional<Principal> answer(SecretHash hash) throws Exception;
    }

    private final AtomicInteger asked = new AtomicInteger();

    private volatile Asked answer = hash -> KNOWN;

    private final Principals principals = new Principals((Accounts) Proxy.newProxyInstance(
            PrincipalsTest.class.getClassLoader(), new Class<?>[] {Accounts.class}, (proxy, method, args) -> {
                asked.incrementAndGet();
                return answer.answer((SecretHash) args[0]);
            }));

    private static void untilOld() {
        long end = System.nanoTime() + Duration.ofMillis(950).toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    @Test
    void manyRequestsAskOnce() {
        for (int i = 0; i < 100; i++) {
            assertThat(principals.of(SECRET)).isEqualTo(KNOWN);
        }
        assertThat(asked.get()).isLessThan(5);
    }

    @Test
    void manyAtOnceShareOneQuery() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        answer = hash -> {
            go.await();
            return KNOWN;
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Principal>>> all = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(() -> principals.of(SECRET)))
                    .toList();
            go.countDown();
            for (Future<Optional<Principal>> one : all) {
                assertThat(one.get()).isEqualTo(KNOWN);
            }
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void whatWasRevokedElsewhereEndsWithinASecond() {
        assertThat(principals.of(SECRET)).isEqualTo(KNOWN);
        answer = hash -> Optional.empty();
        untilOld();
        assertThat(principals.of(SECRET)).isEmpty();
    }

    @Test
    void whatWasRevokedHereEndsAtOnce() {
        assertThat(principals.of(SECRET)).isEqualTo(KNOWN);
        answer = hash -> Optional.empty();
        principals.forgetAll();
        assertThat(principals.of(SECRET)).isEmpty();
        answer = hash -> KNOWN;
        principals.forget(SECRET);
        assertThat(principals.of(SECRET)).isEqualTo(KNOWN);
    }

    @Test
    void whilePostgresIsAwayTheLastAnswerCounts() {
        assertThat(principals.of(SECRET)).isEqualTo(KNOWN);
        answer = hash -> {
            throw new UnavailableException("away", null);
        };
        untilOld();
        assertThat(principals.of(SECRET)).isEqualTo(KNOWN);
        assertThatThrownBy(() -> principals.of(SecretHash.of("another"))).isInstanceOf(UnavailableException.class);
    }

    @Test
    void aPostgresThatDoesNotAnswerHoldsNobodyUp() {
        assertThat(principals.of(SECRET)).isEqualTo(KNOWN);
        CountDownLatch never = new CountDownLatch(1);
        answer = hash -> {
            never.await();
            return KNOWN;
        };
        untilOld();
        assertThat(principals.of(SECRET)).isEqualTo(KNOWN);
        never.countDown();
    }

    @Test
    void anErrorIsNotTakenForAnUnknownKey() {
        answer = hash -> {
            throw new IllegalArgumentException("broken");
        };
        assertThatThrownBy(() -> principals.of(SECRET)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void manyGuessesDoNotDriveOutWhatIsInUse() {
        answer = hash -> hash.equals(SECRET) ? KNOWN : Optional.empty();
        for (int i = 0; i < 60_000; i++) {
            assertThat(principals.of(SecretHash.of("guess" + i))).isEmpty();
        }
        assertThat(principals.of(SECRET)).isEqualTo(KNOWN);
        assertThat(principals.size()).isLessThanOrEqualTo(50_000);
    }

    @Test
    void aFloodOfGuessesTakesFewConnectionsAndHoldsUpNobodyWhoIsKnown() throws Exception {
        assertThat(principals.of(SECRET)).isEqualTo(KNOWN);
        Semaphore end = new Semaphore(0);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        answer = hash -> {
            if (hash.equals(SECRET)) {
                return KNOWN;
            }
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            end.acquire();
            now.decrementAndGet();
            return Optional.empty();
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Principal>>> guesses = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(() -> principals.of(SecretHash.of("guess" + i))))
                    .toList();
            try {
                untilOld();
                assertThat(principals.of(SECRET)).isEqualTo(KNOWN);
                Await.until(() -> guesses.stream().filter(Future::isDone).count() == 196);
            } finally {
                end.release(200);
            }
            for (Future<Optional<Principal>> guess : guesses) {
                if (guess.state() == Future.State.FAILED) {
                    assertThat(guess.exceptionNow()).isInstanceOf(OverloadedException.class);
                } else {
                    assertThat(guess.get()).isEmpty();
                }
            }
        }
        assertThat(most).hasValue(4);
    }
}
