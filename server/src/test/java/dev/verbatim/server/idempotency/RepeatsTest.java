package dev.verbatim.server.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Accounts.Role;
import dev.verbatim.Claim;
import dev.verbatim.ConversationKey;
import dev.verbatim.KeptAnswer;
import dev.verbatim.Owner;
import dev.verbatim.RepeatableRequest;
import dev.verbatim.Requests;
import dev.verbatim.UnavailableException;
import dev.verbatim.server.TestClient;
import dev.verbatim.server.TestClient.Answer;
import dev.verbatim.server.http.Access;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.Caller;
import dev.verbatim.server.http.Handler;
import dev.verbatim.server.http.HttpMetrics;
import dev.verbatim.server.http.HttpServer;
import dev.verbatim.server.http.Limits;
import dev.verbatim.server.http.Routes;
import dev.verbatim.testkit.Await;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a turn, whatever the handler and the store of requests do. */
class RepeatsTest {
    private static final Owner ANN = Owner.named("ann");
    private static final Claim CLAIM = new Claim(ANN.id(), "aa", UUID.randomUUID(), UUID.randomUUID(), false);

    /** Answers as told, and notes what it is asked. */
    private static final class Script implements Requests {
        final Queue<Standing> standings = new ArrayDeque<>();
        final List<String> asked = new CopyOnWriteArrayList<>();
        UnaryOperator<KeptAnswer> keeping = answer -> answer;

        @Override
        public Standing claim(RepeatableRequest request) {
            asked.add("claim");
            Standing next = standings.poll();
            return next == null ? new UnderWay() : next;
        }

        @Override
        public Optional<KeptAnswer> keep(Claim claim, KeptAnswer answer, @Nullable ConversationKey conversation) {
            asked.add("keep " + answer.status() + " " + text(answer) + " "
                    + answer.headers().strip());
            return Optional.of(keeping.apply(answer));
        }

        @Override
        public void release(Claim claim) {
            asked.add("release");
        }

        @Override
        public void forget(Claim claim) {
            asked.add("forget");
        }
    }

    private final Script script = new Script();
    private Handler handler =
            request -> request.send(201, HeaderValues.create("Content-Type", "text/x"), bytes("done"));
    private final HttpServer server = serve();
    private final TestClient keyed = new TestClient("http://127.0.0.1:" + server.port()).with("Idempotency-Key", "k");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(KeptAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private HttpServer serve() {
        HttpMetrics metrics = new HttpMetrics(new SimpleMeterRegistry());
        Routes routes = new Routes(metrics).add("POST", "/x", Access.USER, request -> handler.handle(request));
        Repeats repeats = new Repeats(script, Duration.ofMillis(100));
        routes.repeatable("POST", "/x", inner -> request -> repeats.handle(request, inner));
        Caller caller = new Caller(Role.USER, ANN);
        return HttpServer.start(new HttpServer.Config(
                "127.0.0.1", 0, Set.of(), routes, (request, access) -> caller, metrics, Limits.DEFAULT));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theAnswerIsKeptBeforeItIsSent() {
        script.standings.add(new Requests.Turn(CLAIM, true));
        assertThat(keyed.post("/x", "{}").text()).isEqualTo("done");
        assertThat(script.asked).containsExactly("claim", "keep 201 done Content-Type: text/x");
    }

    @Test
    void whoComesLaterSendsTheAnswerThatIsKept() {
        script.standings.add(new Requests.Turn(CLAIM, false));
        script.keeping = answer -> new KeptAnswer(200, "Content-Type: text/y\nLocation: /there\n", bytes("other"));
        Answer answer = keyed.post("/x", "{}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("other");
        assertThat(answer.header("Content-Type")).isEqualTo("text/y");
        assertThat(answer.header("Location")).isEqualTo("/there");
    }

    @Test
    void anAnswerThatCannotBeKeptIsSentAllTheSame() {
        script.standings.add(new Requests.Turn(CLAIM, true));
        script.keeping = answer -> {
            throw new UnavailableException("away", null);
        };
        assertThat(keyed.post("/x", "{}").status()).isEqualTo(201);
        Await.until(() -> script.asked.contains("release"));
    }

    @Test
    void whatWasRefusedIsForgottenButOnlyAtTheFirstTry() {
        handler = request -> {
            throw ApiException.notFound("no");
        };
        script.standings.add(new Requests.Turn(CLAIM, true));
        assertThat(keyed.post("/x", "{}").status()).isEqualTo(404);
        assertThat(script.asked).containsExactly("claim", "forget");
        script.standings.add(new Requests.Turn(CLAIM, false));
        assertThat(keyed.post("/x", "{}").status()).isEqualTo(404);
        assertThat(script.asked).last().isEqualTo("release");
    }

    @Test
    void whatFailedIsTriedAgainUnderTheSameIds() {
        handler = request -> {
            throw new UnavailableException("away", null);
        };
        script.standings.add(new Requests.Turn(CLAIM, true));
        assertThat(keyed.post("/x", "{}").status()).isEqualTo(503);
        assertThat(script.asked).containsExactly("claim", "release");
    }

    @Test
    void piecesAreKeptUnlessTheyTellOfAFailure() {
        for (boolean fails : new boolean[] {false, true}) {
            handler = request -> {
                try (OutputStream out = request.stream(200, HeaderValues.create(HeaderNames.CONTENT_TYPE, "text/x"))) {
                    out.write(bytes("a"));
                    out.flush();
                    if (fails) {
                        request.failed();
                    }
                    out.write(bytes("b"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };
            script.asked.clear();
            script.standings.add(new Requests.Turn(CLAIM, true));
            assertThat(keyed.post("/x", "{}").text()).isEqualTo("ab");
            Await.until(() -> script.asked.size() == 2);
            assertThat(script.asked).containsExactly("claim", fails ? "release" : "keep 200 ab Content-Type: text/x");
        }
    }

    @Test
    void whoWaitsGetsTheAnswerOrIsToldToAskAgain() {
        KeptAnswer kept = new KeptAnswer(201, "Content-Type: text/x\n", bytes("first"));
        script.standings.add(new Requests.UnderWay());
        script.standings.add(new Requests.UnderWay());
        script.standings.add(new Requests.Answered(CLAIM, Optional.of(kept)));
        Answer replay = keyed.post("/x", "{}");
        assertThat(replay.text()).isEqualTo("first");
        assertThat(replay.header("Idempotent-Replayed")).isEqualTo("true");
        Answer late = keyed.post("/x", "{}");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("request_under_way");
        assertThat(script.asked).doesNotContain("release", "forget");
    }

    @Test
    void whoSendsNoKeyNeverComesHere() {
        TestClient plain = new TestClient("http://127.0.0.1:" + server.port());
        assertThat(plain.post("/x", "{}").status()).isEqualTo(201);
        assertThat(script.asked).isEmpty();
    }
}
