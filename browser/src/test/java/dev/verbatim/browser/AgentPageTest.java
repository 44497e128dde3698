package dev.verbatim.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.verbatim.testkit.Await;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asking the agent, who looks into the history first. */
class AgentPageTest {
    private static final String SAID = "The phone number of Amakai Japanese Cuisine is 650-565-8868.";

    private final Visitor visitor = Visitor.in();

    @BeforeEach
    void turnTheAgentOn() {
        Site.SERVICE.call(
                "POST",
                "/api/conversations/dinner/messages?create=true",
                visitor.name,
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Where can I eat?\"},{\"role\":\"assistant\",\"content\":\""
                        + SAID + "\"}]}");
        Await.until(() -> Site.SERVICE
                        .json("GET", "/api/search?q=Amakai", visitor.name, null)
                        .at("/data")
                        .size()
                == 1);
        visitor.page.getByRole(AriaRole.SWITCH).focus();
        visitor.page.keyboard().press("Space");
        assertThat(visitor.page.getByRole(AriaRole.SWITCH)).isChecked();
    }

    @AfterEach
    void leave() {
        visitor.close();
    }

    @Test
    void itAnswersFromTheHistoryAndLeadsToWhatItCites() {
        visitor.ask("What is the phone number of Amakai Japanese Cuisine?");
        Locator answer = visitor.answers();
        assertThat(answer).containsText("That is all.");
        assertThat(answer).containsText("Answered from your history");
        visitor.page.reload();
        assertThat(answer.locator(".agent-report .badge")).hasText("ANSWER");
        assertThat(answer.getByText(SAID)).isHidden();
        answer.locator("summary").click();
        assertThat(answer.getByText(SAID)).isVisible();
        answer.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Context 1"))
                .click();
        assertThat(visitor.page).hasURL(Pattern.compile("#/chat/dinner\\?seq=\\d"));
        assertThat(visitor.page.locator("article.found")).isInViewport();
    }

    @Test
    void whatTheHistoryDoesNotHaveIsSaidSoAndCounted() {
        visitor.ask("Who painted the ceiling of the Zyxland chapel?");
        assertThat(visitor.answers()).containsText("Nothing of use in your history");
        assertThat(visitor.answers()).containsText("You asked: Who painted the ceiling");
        Await.until(() -> Site.SERVICE
                        .json("GET", "/api/analytics/overview", visitor.name, null)
                        .at("/retrieval_quality/by_recommendation/EXTERNAL/count")
                        .asInt()
                == 1);
        visitor.link("Analytics").click();
        Locator decided =
                visitor.page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("EXTERNAL"));
        assertThat(decided.first()).containsText("100%");
        assertThat(visitor.page.getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName("Slowest queries").setExact(true)))
                .containsText("Who painted the ceiling");
    }
}
