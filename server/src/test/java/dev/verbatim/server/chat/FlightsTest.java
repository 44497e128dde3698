package dev.verbatim.server.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FlightsTest {
    private final Flights<String, String> flights = new Flights<>();
    private final CountDownLatch leads = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void oneWorksAndTheOthersGetTheSame() throws Exception {
        FutureTask<String> leader = start(() -> work("answer"));
        ChatTest.await(leads);
        List<FutureTask<String>> others = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            others.add(startAndAwaitWaiting(() -> work("another")));
        }
        mayEnd.countDown();
        assertThat(leader.get()).isEqualTo("answer");
        for (FutureTask<String> other : others) {
            assertThat(other.get()).isEqualTo("answer, shared");
        }
        assertThat(done).hasValue(1);
        assertThat(flights.size()).isZero();
    }

    @Test
    void aFailureIsEverybodys() throws Exception {
        FutureTask<String> leader = start(() -> {
            work("");
            throw ModelException.failed("away");
        });
        ChatTest.await(leads);
        FutureTask<String> other = startAndAwaitWaiting(() -> work("another"));
        mayEnd.countDown();
        assertThatThrownBy(leader::get).isInstanceOf(ExecutionException.class).hasRootCauseMessage("away");
        assertThatThrownBy(other::get).isInstanceOf(ExecutionException.class).hasRootCauseMessage("away");
        assertThat(done).hasValue(1);
        assertThat(flights.share("key", () -> "later", text -> text)).isEqualTo("later");
    }

    @Test
    void whenTheOneHangsUpAnotherTakesOver() throws Exception {
        FutureTask<String> leader = start(() -> {
            work("");
            throw new ClientGoneException(new IOException("gone"));
        });
        ChatTest.await(leads);
        FutureTask<String> other = startAndAwaitWaiting(() -> work("took over"));
        mayEnd.countDown();
        assertThatThrownBy(leader::get).hasCauseInstanceOf(ClientGoneException.class);
        assertThat(other.get()).isEqualTo("took over");
    }

    @Test
    void differentKeysDoNotWait() throws Exception {
        FutureTask<String> leader = start(() -> work("answer"));
        ChatTest.await(leads);
        assertThat(flights.share("other key", () -> "at once", text -> text)).isEqualTo("at once");
        mayEnd.countDown();
        assertThat(leader.get()).isEqualTo("answer");
    }

    private String work(String answer) {
        leads.countDown();
        ChatTest.await(mayEnd);
        done.incrementAndGet();
        return answer;
    }

    private FutureTask<String> start(Supplier<String> work) {
        FutureTask<String> task = task(work);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private FutureTask<String> startAndAwaitWaiting(Supplier<String> work) {
        FutureTask<String> task = task(work);
        Thread thread = Thread.ofPlatform().daemon().start(task);
        ChatTest.until(() -> thread.getState() == Thread.State.WAITING);
        return task;
    }

    private FutureTask<String> task(Supplier<String> work) {
        return new FutureTask<>(() -> flights.share("key", work, text -> text + ", shared"));
    }
}
