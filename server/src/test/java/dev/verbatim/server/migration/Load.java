package dev.verbatim.server.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.server.TestClient;
import dev.verbatim.server.TestClient.Answer;
import dev.verbatim.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** People who write and read all the time, and send again what was not acknowledged; each in a conversation of their own. */
public final class Load implements AutoCloseable {
    private static final int PEOPLE = 4;
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final TestClient client;
    private final AtomicLong acknowledged = new AtomicLong();
    private final List<Person> people =
            IntStream.range(0, PEOPLE).mapToObj(i -> new Person("c" + i)).toList();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    /** Begins. */
    public Load(TestClient client) {
        this.client = client;
        people.forEach(person -> person.thread.start());
    }

    private final class Person {
        final String conversation;
        final Thread thread = Thread.ofVirtual().unstarted(this::run);
        final List<String> said = new ArrayList<>();

        Person(String conversation) {
            this.conversation = conversation;
        }

        private void run() {
            try {
                while (!stopped) {
                    turn();
                }
            } catch (RuntimeException | AssertionError e) {
                failures.add(e);
            }
        }

        private void turn() {
            String id = conversation + "-" + (said.size() + 1);
            String message = "{\"id\":\"" + id + "\",\"role\":\"user\",\"content\":\"" + id + "\"}";
            if (insist(201, "POST", "/messages?create=true", message) == null) {
                return;
            }
            said.add(id);
            acknowledged.incrementAndGet();
            if (said.size() % 10 == 0) {
                insist(200, "PATCH", "/messages/" + id, "{\"content\":\"changed " + id + "\"}");
            }
            Answer read = insist(200, "GET", "/messages?limit=1", null);
            if (read != null) {
                assertThat(read.json().at("/data/0/id").asString()).isEqualTo(id);
            }
        }

        /** Sends until it is acknowledged; null when the load was stopped before. */
        private @Nullable Answer insist(int status, String method, String path, @Nullable String body) {
            while (true) {
                try {
                    Answer answer = client.send(method, "/api/conversations/" + conversation + path, body);
                    if (answer.status() == status) {
                        return answer;
                    }
                    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
                } catch (AssertionError e) {
                    if (e.getCause() == null) {
                        throw e;
                    }
                    // Nobody answers: it is being started again.
                }
                if (stopped) {
                    return null;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }

        void check() {
            List<String> expected = new ArrayList<>();
            for (String id : said) {
                boolean changed = Integer.parseInt(id.substring(id.indexOf('-') + 1)) % 10 == 0;
                expected.add(id + ": " + (changed ? "changed " : "") + id);
            }
            List<String> there = new ArrayList<>();
            JsonNode page;
            do {
                page = client.get("/api/conversations/" + conversation + "/messages?limit=1000&after=" + there.size())
                        .json();
                page.at("/data")
                        .forEach(m -> there.add(
                                m.at("/id").asString() + ": " + m.at("/content").asString()));
            } while (page.at("/has_more").asBoolean());
            assertThat(there).isEqualTo(expected);
        }
    }

    /** Until so many more messages were acknowledged. */
    public void awaitMore(int messages) {
        long until = acknowledged.get() + messages;
        Await.until(() -> acknowledged.get() >= until || !failures.isEmpty());
        assertThat(failures).isEmpty();
    }

    /** Everybody ends what they are at. */
    public void stop() {
        stopped = true;
        people.forEach(person -> {
            try {
                person.thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        });
    }

    /** Each conversation has exactly what was acknowledged, in order. */
    public void checkAll() {
        assertThat(failures).isEmpty();
        people.forEach(Person::check);
    }

    @Override
    public void close() {
        stop();
    }
}
