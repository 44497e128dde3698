package dev.verbatim.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.verbatim.testkit.Await;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Figures in one look. */
class AnalyticsPageTest {
    private static final String OVERVIEW = "**/api/analytics/overview?*";

    private final Visitor visitor = Visitor.in();

    @AfterEach
    void leave() {
        visitor.close();
    }

    private Locator tile(String label) {
        return visitor.page.locator(".tile").filter(new Locator.FilterOptions().setHasText(label));
    }

    private Locator section(String title) {
        return visitor.page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(title).setExact(true));
    }

    @Test
    void tilesPlotsDecisionsAndTheSlowestAreShown() {
        Stories.analytics(visitor.page);
        visitor.open("/#/analytics");
        assertThat(tile("Queries").locator("dd").first()).hasText(Pattern.compile("18\\.2k", Pattern.CASE_INSENSITIVE));
        assertThat(tile("Response time p95").locator("dd").first()).hasText("2.14 s");
        assertThat(tile("Cache hit rate").locator("dd").first()).hasText("95.7%");
        assertThat(tile("Quality").locator("dd").first()).hasText("0.71");
        assertThat(visitor.page.locator(".plot canvas")).hasCount(3);
        assertThat(section("Recommendations")).containsText("61.4%");
        Locator slowest = section("Slowest queries").getByRole(AriaRole.ROW).nth(1);
        assertThat(slowest).containsText("31.24 s");
        assertThat(slowest.getByRole(AriaRole.LINK)).hasAttribute("href", "#/chat/story-4");
    }

    @Test
    void whatWasAskedIsCounted() {
        visitor.ask("How fast is this answered?");
        Await.until(() -> Site.SERVICE
                        .json("GET", "/api/analytics/overview", visitor.name, null)
                        .at("/queries")
                        .asInt()
                == 1);
        visitor.link("Analytics").click();
        assertThat(tile("Queries").locator("dd").first()).hasText("1");
        assertThat(tile("Queries").locator("dd").last()).hasText("1 conversation");
        assertThat(section("Slowest queries")).containsText("How fast is this answered?");
    }

    @Test
    void theRangeIsWhatIsAskedFor() {
        Stories.analytics(visitor.page);
        visitor.open("/#/analytics");
        assertThat(tile("Queries")).isVisible();
        Request day = visitor.page.waitForRequest(
                OVERVIEW, () -> visitor.button("24 hours").click());
        Assertions.assertThat(span(day)).isEqualTo(Duration.ofDays(1));
        Request month = visitor.page.waitForRequest(
                OVERVIEW, () -> visitor.button("30 days").click());
        Assertions.assertThat(span(month)).isEqualTo(Duration.ofDays(30));
        visitor.button("From – to").click();
        visitor.field("From").fill("2026-01-01");
        visitor.page.waitForRequest(
                request -> request.url().contains("overview?from=2026-01-01T00:00:00.000Z&to=2026-01-03T00:00:00.000Z"),
                () -> visitor.field("To, that day included").fill("2026-01-02"));
        visitor.field("To, that day included").fill("2025-12-01");
        assertThat(visitor.page.getByText("Choose a first day that is not after the last."))
                .isVisible();
        Request week = visitor.page.waitForRequest(
                OVERVIEW, () -> visitor.button("7 days").click());
        Assertions.assertThat(span(week)).isEqualTo(Duration.ofDays(7));
        assertThat(tile("Queries")).isVisible();
        Request again = visitor.page.waitForRequest(
                OVERVIEW, () -> visitor.button("Refresh").click());
        Assertions.assertThat(span(again)).isEqualTo(Duration.ofDays(7));
    }

    private static Duration span(Request request) {
        String query = URLDecoder.decode(URI.create(request.url()).getRawQuery(), StandardCharsets.UTF_8);
        Matcher matcher = Pattern.compile("from=([^&]+)&to=([^&]+)").matcher(query);
        Assertions.assertThat(matcher.find()).isTrue();
        return Duration.between(Instant.parse(matcher.group(1)), Instant.parse(matcher.group(2)));
    }

    @Test
    void whatCouldNotBeHadIsSaidAndTriedAgain() {
        visitor.expectsErrors();
        Stories.analytics(visitor.page);
        visitor.page.route(
                OVERVIEW,
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(503)
                        .setContentType("application/json")
                        .setBody(
                                "{\"error\":{\"message\":\"PostgreSQL is away; try again later\",\"type\":\"server_error\","
                                        + "\"param\":null,\"code\":\"unavailable\"}}")));
        visitor.open("/#/analytics");
        assertThat(visitor.page.getByRole(AriaRole.ALERT)).containsText("PostgreSQL is away");
        visitor.page.unrouteAll();
        Stories.analytics(visitor.page);
        visitor.button("Try again").click();
        assertThat(tile("Queries")).isVisible();
    }
}
