package dev.verbatim.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;

/** Looks at pages: WCAG AA, nothing wider than the screen, a picture of each. One that is not well leaves pictures of the others too. */
final class Looks {
    private static final Path PICTURES = Path.of("..", "target", "screenshots");
    private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private final SoftAssertions softly = new SoftAssertions();

    void at(Page page, String picture) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(picture + ".png")));
        softly.assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .as("%s: what stands beside the screen", picture)
                .isEqualTo(0);
        // The pages have no frames; otherwise a page of axe's own would be opened for each look.
        AxeResults results =
                new AxeBuilder(page).withTags(RULES).setLegacyMode(true).analyze();
        softly.assertThat(results.getViolations().stream().map(Looks::said))
                .as(picture)
                .isEmpty();
    }

    void judge() {
        softly.assertAll();
    }

    private static String said(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream()
                        .map(node -> node.getHtml() + " " + node.getFailureSummary())
                        .toList();
    }
}
