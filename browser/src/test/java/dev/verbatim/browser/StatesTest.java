package dev.verbatim.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands where there is nothing yet, while something goes on, and when something is wrong: it says what to do, and can be read. */
class StatesTest {
    private static final String PHONE = "390, 844, LIGHT";
    private static final String TABLET = "820, 1100, DARK";
    private final Looks looks = new Looks();

    @AfterEach
    void judge() {
        looks.judge();
    }

    @ParameterizedTest
    @CsvSource({PHONE, TABLET})
    void nothingYet(int width, int height, ColorScheme colours) {
        try (Visitor visitor = Visitor.in(width, height, colours)) {
            visitor.open("/#/history");
            sees(visitor, "No conversations yet", "history-empty-" + kind(width, colours));
            visitor.open("/#/history?q=nothing");
            sees(visitor, "Nothing has “nothing” in it", "history-none-found-" + kind(width, colours));
            visitor.open("/#/analytics");
            sees(visitor, "Nothing was asked in this range", "analytics-empty-" + kind(width, colours));
            visitor.open("/#/chat/nowhere");
            visitor.expectsErrors();
            sees(visitor, "There is no such conversation", "chat-nowhere-" + kind(width, colours));
        }
    }

    @ParameterizedTest
    @CsvSource({PHONE, TABLET})
    void anImportOnItsWayAndAfterwards(int width, int height, ColorScheme colours) {
        try (Visitor visitor = Visitor.in(width, height, colours)) {
            CompletableFuture<Route> held = new CompletableFuture<>();
            visitor.page.route("**/api/import", held::complete);
            visitor.open("/#/history");
            visitor.field("Files to import")
                    .setInputFiles(new FilePayload(
                            "chats.jsonl",
                            "application/octet-stream",
                            "{\"title\":\"Brought\",\"messages\":[{\"role\":\"user\",\"content\":\"one\"}]}\nnot json\n"
                                    .getBytes(StandardCharsets.UTF_8)));
            assertThat(visitor.page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
            sees(visitor, "Sending", "import-on-its-way-" + kind(width, colours));
            visitor.page.waitForCondition(held::isDone);
            held.join().resume();
            sees(visitor, "1 entry could not be taken", "import-done-" + kind(width, colours));
        }
    }

    @ParameterizedTest
    @CsvSource({PHONE, TABLET})
    void whatFailedSaysWhatToDo(int width, int height, ColorScheme colours) {
        try (Visitor visitor = Visitor.admin(width, height, colours)) {
            visitor.expectsErrors();
            visitor.page.route("**/api/conversations?*", StatesTest::away);
            visitor.open("/#/history");
            sees(visitor, "PostgreSQL is away", "history-failed-" + kind(width, colours));
            visitor.page.unrouteAll();
            visitor.page.route("**/chat?*", StatesTest::away);
            visitor.open("/#/chat");
            visitor.say("Is anybody there?");
            assertThat(visitor.button("Try again")).isVisible();
            assertThat(visitor.questions()).containsText("Is anybody there?");
            sees(visitor, "PostgreSQL is away", "chat-failed-" + kind(width, colours));
            visitor.page.route("**/health/ready", route -> route.fulfill(json(200, DEGRADED)));
            visitor.page.route("**/api/admin/doctor", route -> route.fulfill(json(200, ILL)));
            visitor.open("/#/operations");
            assertThat(visitor.page.getByText("Redis is away or not trusted")).isVisible();
            sees(visitor, "1 of 2 things needs attention.", "operations-ill-" + kind(width, colours));
        }
    }

    private void sees(Visitor visitor, String text, String picture) {
        assertThat(visitor.page.getByText(text).first()).isVisible();
        looks.at(visitor.page, picture);
    }

    private static String kind(int width, ColorScheme colours) {
        return width + "-" + colours.name().toLowerCase(Locale.ROOT);
    }

    private static void away(Route route) {
        route.fulfill(json(503, """
                {"error":{"message":"PostgreSQL is away; nothing was stored, try again later","type":"server_error",
                "param":null,"code":"unavailable"}}"""));
    }

    private static Route.FulfillOptions json(int status, String body) {
        return new Route.FulfillOptions()
                .setStatus(status)
                .setContentType("application/json")
                .setBody(body);
    }

    private static final String DEGRADED =
            "{\"status\":\"degraded\",\"postgres\":true,\"redis\":false,\"cache_trusted\":false,\"changes_behind_ms\":12}";

    private static final String ILL = """
            {"well":false,"findings":[{"question":"PostgreSQL answers","well":true,"found":"version 18.6",
            "meaning":"It holds every message.","remedy":null},{"question":"Redis answers","well":false,"found":"it does not",
            "meaning":"Reads of active conversations come from it; without it they come from PostgreSQL, right but slower.",
            "remedy":"See whether it runs and whether REDIS_URL is right."}]}""";
}
