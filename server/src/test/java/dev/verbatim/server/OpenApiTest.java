package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.server.TestClient.Answer;
import dev.verbatim.server.http.Access;
import dev.verbatim.server.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** The document and the routes say the same, and each route keeps strangers out. */
class OpenApiTest {
    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @SuppressWarnings("NullAway.Init")
    private static JsonNode document;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        document = server.anonymous().get("/openapi.json").json();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<Operation> operations() {
        return Operation.all(document);
    }

    @Test
    void theDocumentSaysWhatThereIsAndNothingElse() {
        Set<String> said = new TreeSet<>();
        operations().forEach(o -> said.add(o + " " + o.isOpen() + " " + o.said().has("x-role") + " " + o.parameters()));
        Set<String> there = new TreeSet<>();
        for (Route route : server.routes.all()) {
            there.add(route.method() + " " + route.template() + " " + (route.access() == Access.OPEN) + " "
                    + (route.access() == Access.ADMIN) + " " + new TreeSet<>(route.parameters()));
        }
        assertThat(said).isEqualTo(there).hasSizeGreaterThan(20);
    }

    @Test
    void whatAMessageDoesNotKeepAsItCameIsSaid() {
        JsonNode members = document.at("/components/schemas/NewMessage/properties");
        assertThat(members.at("/seq/description").asString()).contains("ignored");
        assertThat(members.at("/created_at/description").asString()).contains("UTC");
        assertThat(members.at("/id/description").asString()).contains("null");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = new ArrayList<>();
        document.findValues("$ref").forEach(r -> references.add(r.asString()));
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(r ->
                        assertThat(document.at(r.substring(1)).isMissingNode()).isFalse());
    }

    @TestFactory
    Stream<DynamicTest> withoutAKeyEachIsRefused() {
        return operations().stream()
                .filter(o -> !o.isOpen())
                .map(o -> DynamicTest.dynamicTest(o.toString(), () -> {
                    Answer answer = server.anonymous().send(o.method(), o.path("x", "m"), o.body("x", "x"));
                    assertThat(answer.status()).isEqualTo(401);
                    assertThat(answer.code()).isEqualTo("unauthorized");
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatIsAdminsIsForbiddenToOthers() {
        String id = server.newUser("user@example.org", "correct horse");
        TestClient user =
                server.anonymous().key(server.newKey("{\"name\":\"k\",\"role\":\"user\",\"user_id\":\"" + id + "\"}"));
        return operations().stream()
                .filter(o -> o.said().has("x-role"))
                .map(o -> DynamicTest.dynamicTest(
                        o.toString(),
                        () -> assertThat(user.send(o.method(), o.path(id, "m"), "{}")
                                        .status())
                                .isEqualTo(403)));
    }

    /** Another's id answers as an id that nobody has. */
    @TestFactory
    Stream<DynamicTest> anothersIdLooksLikeNone() {
        server.as("owner").post("/api/conversations/foreign/messages?create=true", "{\"id\":\"m\",\"role\":\"user\"}");
        return operations().stream()
                .filter(o -> !o.isOpen() && !o.said().has("x-role") && o.takesAnId())
                .map(o -> DynamicTest.dynamicTest(o.toString(), () -> {
                    Answer foreign = call(o, "foreign");
                    Answer none = call(o, "nowhere");
                    assertThat(foreign.status()).isEqualTo(404);
                    assertThat(foreign.text().replace("foreign", "nowhere")).isEqualTo(none.text());
                    assertThat(server.as("owner")
                                    .get("/api/conversations/foreign")
                                    .json()
                                    .at("/last_seq")
                                    .asInt())
                            .isEqualTo(1);
                }));
    }

    private static Answer call(Operation operation, String id) {
        return server.as("stranger").send(operation.method(), operation.path(id, "m"), operation.body(id, "x"));
    }
}
