package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is started is ended, whenever the end comes. */
class ShutdownTest {
    @Test
    void anEndThatComesWhileSomethingOpensWaitsForItAndEndsIt() throws InterruptedException {
        List<String> events = new CopyOnWriteArrayList<>();
        Shutdown shutdown = new Shutdown();
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread starter = Thread.ofPlatform()
                .start(() -> shutdown.<AutoCloseable>open(() -> {
                    opening.countDown();
                    await(goOn);
                    events.add("open");
                    return () -> events.add("closed");
                }));
        opening.await();
        Thread ending = Thread.ofPlatform().start(() -> {
            shutdown.run();
            events.add("ended");
        });
        Waiting.until(() -> ending.getState() == Thread.State.BLOCKED || !ending.isAlive());
        goOn.countDown();
        starter.join();
        ending.join();
        assertThat(events).containsExactly("open", "closed", "ended");
    }

    @Test
    void nothingIsOpenedOnceTheEndHasBegun() {
        Shutdown shutdown = new Shutdown();
        shutdown.run();
        assertThatThrownBy(() -> shutdown.open(() -> {
                    throw new AssertionError("opened");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
