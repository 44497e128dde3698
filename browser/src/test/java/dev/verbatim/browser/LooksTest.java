package dev.verbatim.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Locale;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page, light and dark, on a phone and on a wide screen. */
class LooksTest {
    private final Looks looks = new Looks();

    @AfterEach
    void judge() {
        looks.judge();
    }

    @BeforeAll
    static void makeSomethingToSee() {
        Stories.tell();
    }

    @ParameterizedTest
    @CsvSource({"1440, 900, LIGHT", "1440, 900, DARK", "390, 844, LIGHT", "390, 844, DARK"})
    void everyPageIsFitToBeUsed(int width, int height, ColorScheme colours) {
        String kind = width + "-" + colours.name().toLowerCase(Locale.ROOT);
        try (Visitor visitor = Visitor.admin(width, height, colours)) {
            look(visitor, "/#/chat", "New chat", "chat-empty-" + kind);
            look(visitor, "/#/chat/" + Stories.LONG, "Where to go in spring", "chat-" + kind);
            visitor.open("/#/chat/" + Stories.AGENT);
            visitor.page.locator(".agent-report summary").click();
            looks.at(visitor.page, "chat-agent-" + kind);
            look(visitor, "/#/history", "History", "history-" + kind);
            look(visitor, "/#/history?q=spring", "Messages", "history-search-" + kind);
            Stories.analytics(visitor.page);
            look(visitor, "/#/analytics", "Queries", "analytics-" + kind);
            look(visitor, "/#/operations", "Operations", "operations-" + kind);
            look(visitor, "/#/accounts", "API keys", "accounts-" + kind);
            visitor.button("New key").click();
            looks.at(visitor.page, "accounts-dialog-" + kind);
        }
        try (Visitor visitor = Visitor.outside(width, height, colours)) {
            look(visitor, "/", "Log in to Verbatim", "login-" + kind);
        }
    }

    @Test
    void theSwitchTurnsThePagesDarkAndStaysSo() {
        try (Visitor visitor = Visitor.admin(1440, 900, ColorScheme.LIGHT)) {
            String light = background(visitor.page);
            visitor.button("Colours: as the system").click();
            visitor.button("Colours: light").click();
            assertThat(visitor.button("Colours: dark")).isVisible();
            String dark = background(visitor.page);
            Assertions.assertThat(dark).isNotEqualTo(light);
            visitor.page.reload();
            assertThat(visitor.button("Colours: dark")).isVisible();
            Assertions.assertThat(background(visitor.page)).isEqualTo(dark);
        }
    }

    private static String background(Page page) {
        return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
                .toString();
    }

    private void look(Visitor visitor, String path, String heading, String picture) {
        visitor.open(path);
        assertThat(visitor.heading(heading).first()).isVisible();
        assertThat(visitor.page.locator(".spinner")).hasCount(0);
        looks.at(visitor.page, picture);
    }
}
