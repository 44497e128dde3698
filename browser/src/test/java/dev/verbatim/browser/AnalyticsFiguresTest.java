package dev.verbatim.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.verbatim.testkit.Await;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Figures of what was really asked and read, as the admin sees them. */
class AnalyticsFiguresTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** No other test asks anything then. */
    private static final String DAY = "2024-03-05";

    private static final int QUERIES = 100;
    private static final int READS = 8;

    private final Visitor admin = Visitor.admin(1440, 900, ColorScheme.LIGHT);

    @AfterEach
    void leave() {
        admin.close();
    }

    @Test
    void timesQualityAndPlotsAreThoseOfTheLogs() {
        Site.SERVICE.call("POST", "/api/query-logs", null, logs());
        admin.open("/#/analytics");
        admin.button("From – to").click();
        admin.field("From").fill(DAY);
        admin.field("To, that day included").fill(DAY);
        assertThat(value("Queries")).hasText("100");
        assertThat(value("Response time p95")).hasText(Pattern.compile("^1\\.(4[89]|5[01])\\ss$"));
        assertThat(value("Quality")).hasText("0.40");
        for (String plot : new String[] {"Queries", "Response time", "Quality of what was found"}) {
            Locator section = admin.page.getByRole(
                    AriaRole.REGION, new Page.GetByRoleOptions().setName(plot).setExact(true));
            Await.until(() -> drawn(section) > 0);
        }
    }

    /** Of ten queries nine take 200 ms and one 1.5 s; the quality is 0.2 and 0.6 by turns; morning and afternoon. */
    private static String logs() {
        StringJoiner logs = new StringJoiner(",", "{\"data\":[", "]}");
        for (int i = 0; i < QUERIES; i++) {
            logs.add("{\"query\":\"q\",\"response_time_ms\":" + (i % 10 == 0 ? 1500 : 200) + ",\"retrieval_quality\":"
                    + (i % 2 == 0 ? 0.2 : 0.6) + ",\"created_at\":\"" + DAY + (i < QUERIES / 2 ? "T08" : "T09")
                    + ":30:00Z\"}");
        }
        return logs.toString();
    }

    /** How many points of the canvas have the colour that the key gives the first series. */
    private static int drawn(Locator section) {
        Object points = section.evaluate("""
                section => {
                    const colour = getComputedStyle(section.querySelector('.key i')).backgroundColor;
                    const [red, green, blue] = colour.match(/\\d+/g).map(Number);
                    const canvas = section.querySelector('canvas');
                    const all = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                    let same = 0;
                    for (let i = 0; i < all.length; i += 4) {
                        const far = Math.abs(all[i] - red) + Math.abs(all[i + 1] - green) + Math.abs(all[i + 2] - blue);
                        same += far < 24 && all[i + 3] > 200 ? 1 : 0;
                    }
                    return same;
                }""");
        return ((Number) points).intValue();
    }

    @Test
    void theHitRateIsThatOfTheReads() {
        Site.SERVICE.call("POST", "/api/query-logs", null, "{\"query\":\"q\",\"response_time_ms\":1}");
        Site.SERVICE.call(
                "POST",
                "/api/conversations/read/messages?create=true",
                admin.name,
                "{\"role\":\"user\",\"content\":\"to be read\"}");
        int before = hits(overview());
        for (int i = 0; i < READS; i++) {
            Site.SERVICE.call("GET", "/api/conversations/read/messages", admin.name, null);
        }
        Await.until(() -> hits(overview()) >= before + READS - 1);
        admin.open("/#/analytics");
        assertThat(value("Queries")).isVisible();
        Response answer = admin.page.waitForResponse(
                "**/api/analytics/overview?*", () -> admin.button("Refresh").click());
        JsonNode told = JSON.readTree(answer.text());
        Assertions.assertThat(hits(told)).isGreaterThanOrEqualTo(before + READS - 1);
        assertThat(value("Cache hit rate")).hasText(share(hits(told), misses(told)));
    }

    private static JsonNode overview() {
        return Site.SERVICE.json("GET", "/api/analytics/overview", null, null);
    }

    private static int hits(JsonNode overview) {
        return overview.at("/cache/hits").asInt();
    }

    private static int misses(JsonNode overview) {
        return overview.at("/cache/misses").asInt();
    }

    /** As 91.7%, and 50% without a zero behind. */
    private static String share(int hits, int misses) {
        return BigDecimal.valueOf(100.0 * hits / (hits + misses))
                        .setScale(1, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + "%";
    }

    private Locator value(String tile) {
        return admin.page
                .locator(".tile")
                .filter(new Locator.FilterOptions().setHasText(tile))
                .locator("dd")
                .first();
    }
}
