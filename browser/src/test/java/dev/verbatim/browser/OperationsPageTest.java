package dev.verbatim.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.verbatim.testkit.Await;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What those who run the service see. */
class OperationsPageTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Visitor visitor = Visitor.admin(1440, 900, ColorScheme.LIGHT);

    @AfterEach
    void leave() {
        visitor.close();
    }

    private Locator section(String title) {
        return visitor.page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(title).setExact(true));
    }

    @Test
    void healthDoctorFiguresAndTablesAreShown() {
        Site.SERVICE.call(
                "POST",
                "/api/conversations/seen/messages?create=true",
                "seen",
                "{\"role\":\"user\",\"content\":\"a row to be seen\"}");
        visitor.open("/#/operations");
        Await.until(() -> {
            visitor.button("Refresh").click();
            return section("Servers").getByText("All is well.").isVisible();
        });
        assertThat(server("This server")).containsText(Site.SERVICE.address().replace("http://", ""));
        assertThat(server("This server")).containsText("started ");
        assertThat(server("PostgreSQL")).containsText("answers");
        assertThat(server("Redis")).containsText("answers");
        assertThat(section("What the doctor says").getByRole(AriaRole.LISTITEM))
                .not()
                .hasCount(0);
        assertThat(section("Figures of this server since it started")).containsText("GET /api/conversations");
        Locator tables = section("Tables");
        tables.locator("summary")
                .getByText("messages", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(tables.getByText(newestMessage()).first()).isVisible();
    }

    private Locator server(String name) {
        return section("Servers").locator(".tile").filter(new Locator.FilterOptions().setHasText(name));
    }

    @Test
    void rowsAndBytesOfEachTableAreThoseTheServiceGives() {
        visitor.open("/#/operations");
        assertThat(section("Tables").locator(".table-line")).not().hasCount(0);
        Response answer = visitor.page.waitForResponse(
                "**/api/admin/tables?*", () -> visitor.button("Refresh").click());
        List<String> told = JSON.readTree(answer.text())
                .at("/data")
                .valueStream()
                .sorted(Comparator.comparingLong(
                        (JsonNode table) -> -table.at("/bytes").asLong()))
                .map(OperationsPageTest::line)
                .toList();
        Assertions.assertThat(told).hasSizeGreaterThan(20);
        assertThat(section("Tables").locator(".table-line")).hasText(told.toArray(String[]::new));
        assertThat(section("Tables")).containsText(told.size() + " tables, ");
    }

    private static String line(JsonNode table) {
        JsonNode rows = table.at("/rows");
        String counted = rows.isNull()
                ? "not counted yet"
                : String.format(Locale.UK, "%,d %s", rows.asLong(), rows.asLong() == 1 ? "row" : "rows");
        return table.at("/name").asString() + counted + size(table.at("/bytes").asLong());
    }

    /** PostgreSQL's pages have 8 KiB, and no table here comes to 1 GiB. */
    private static String size(long bytes) {
        double kib = bytes / 1024.0;
        boolean small = kib < 1024;
        double shown = small ? kib : kib / 1024;
        return bytes == 0
                ? "0 B"
                : String.format(Locale.UK, shown < 100 ? "%.1f %s" : "%.0f %s", shown, small ? "KiB" : "MiB");
    }

    private static String newestMessage() {
        return Site.SERVICE
                .json("GET", "/api/admin/tables", null, null)
                .at("/data")
                .valueStream()
                .filter(table -> table.at("/name").asString("").equals("messages"))
                .findFirst()
                .orElseThrow()
                .at("/newest/0/body")
                .asString();
    }

    @Test
    void aUserAndAKeyAreMadeAndTakenAway() {
        visitor.open("/#/accounts");
        visitor.button("New user").click();
        visitor.field("Email").fill("maria@example.org");
        visitor.field("Password").fill("correct horse");
        visitor.button("Make the user").click();
        assertThat(section("Users").getByText("maria@example.org")).isVisible();
        visitor.button("Erase maria@example.org").click();
        visitor.button("Erase").click();
        assertThat(section("Users").getByText("maria@example.org")).hasCount(0);

        visitor.button("New key").click();
        visitor.field("Name").fill("kiosk");
        visitor.button("Make the key").click();
        String key = visitor.field("The key").inputValue();
        visitor.button("Close").click();
        assertThat(section("Keys").getByText("kiosk")).isVisible();
        assertThat(visitor.page.getByText(key)).hasCount(0);
        Assertions.assertThat(key).hasSizeGreaterThan(20);
        visitor.button("Revoke kiosk").click();
        visitor.button("Revoke").click();
        assertThat(section("Keys").getByText("kiosk")).hasCount(0);
    }

    @Test
    void aRefusalStandsInTheDialogAndNothingIsLost() {
        visitor.expectsErrors();
        visitor.open("/#/accounts");
        visitor.button("New key").click();
        visitor.field("Name").fill("nobody's");
        visitor.field("Role").selectOption("user");
        visitor.field("User").fill("7f3f7e0a-0000-4000-8000-000000000000");
        visitor.button("Make the key").click();
        assertThat(visitor.page.getByRole(AriaRole.ALERT)).containsText("user_id");
        assertThat(visitor.field("Name")).hasValue("nobody's");
    }
}
