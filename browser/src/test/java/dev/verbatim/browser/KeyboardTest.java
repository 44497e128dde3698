package dev.verbatim.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Without a mouse: all can be reached, and the focus is never lost. */
class KeyboardTest {
    private static final int MOST_STEPS = 80;

    private final Visitor visitor = Visitor.anonymous();
    private final Keyboard keys = visitor.page.keyboard();

    @AfterEach
    void leave() {
        visitor.close();
    }

    @Test
    void oneLogsInChatsOpensAConversationAndRenamesIt() {
        logIn();
        say("The older question");
        walk("Shift+Tab", visitor.link("New chat"));
        keys.press("Enter");
        assertThat(visitor.heading("New chat")).isVisible();
        say("The newer question");
        openFromTheList();
        useItsMenu();
    }

    private void logIn() {
        String email = Site.SERVICE.newUser();
        visitor.open("/");
        assertThat(visitor.field("Email")).isFocused();
        keys.type(email);
        keys.press("Tab");
        keys.type("correct horse");
        keys.press("Enter");
        assertThat(visitor.heading("New chat")).isVisible();
    }

    private void say(String text) {
        assertThat(visitor.field("Message")).isFocused();
        keys.type(text);
        keys.press("Enter");
        visitor.answered();
        assertThat(visitor.heading(text)).isVisible();
        assertThat(visitor.field("Message")).isFocused();
    }

    private void openFromTheList() {
        goToTheList();
        walk("Tab", row("The newer question"));
        keys.press("ArrowDown");
        assertThat(row("The older question")).isFocused();
        keys.press("Enter");
        assertThat(visitor.page).hasURL(Pattern.compile("#/chat/.+"));
        assertThat(visitor.questions()).containsText("The older question");
        assertThat(visitor.field("Message")).isFocused();
    }

    private void goToTheList() {
        walk("Shift+Tab", visitor.link("History"));
        keys.press("Enter");
        assertThat(visitor.heading("History")).isVisible();
    }

    private void useItsMenu() {
        goToTheList();
        walk("Tab", row("The newer question"));
        keys.press("ArrowDown");
        Locator actions = visitor.button("Actions for The older question");
        walk("Tab", actions);
        keys.press("Enter");
        assertThat(entry("Open")).isFocused();
        keys.press("ArrowUp");
        assertThat(entry("Delete")).isFocused();
        keys.press("Escape");
        assertThat(visitor.page.getByRole(AriaRole.MENU)).hasCount(0);
        assertThat(actions).isFocused();
        rename(actions);
    }

    private void rename(Locator actions) {
        openRename();
        keys.press("Escape");
        assertThat(visitor.page.getByRole(AriaRole.DIALOG)).hasCount(0);
        assertThat(actions).isFocused();
        openRename();
        keys.press("ControlOrMeta+a");
        keys.type("Renamed");
        keys.press("Enter");
        assertThat(row("Renamed")).isVisible();
        assertThat(visitor.button("Actions for Renamed")).isFocused();
    }

    private void openRename() {
        keys.press("Enter");
        keys.press("ArrowDown");
        assertThat(entry("Rename")).isFocused();
        keys.press("Enter");
        assertThat(visitor.field("Title")).isFocused();
    }

    private Locator row(String title) {
        return visitor.page.locator(".book-row").filter(new Locator.FilterOptions().setHasText(title));
    }

    private Locator entry(String name) {
        return visitor.page.getByRole(
                AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Presses the key until this has the focus. */
    private void walk(String key, Locator to) {
        assertThat(to).isVisible();
        for (int step = 0; step < MOST_STEPS && !hasFocus(to); step++) {
            keys.press(key);
        }
        Assertions.assertThat(hasFocus(to)).as("%s is reached with %s", to, key).isTrue();
    }

    private static boolean hasFocus(Locator element) {
        return Boolean.TRUE.equals(element.evaluate("element => element === document.activeElement"));
    }
}
