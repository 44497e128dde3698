package dev.verbatim.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** Somebody at a browser of their own, whose errors are all heard of when it is closed. */
final class Visitor implements AutoCloseable {
    final String name = "visitor-" + UUID.randomUUID();
    final Page page;
    private final BrowserContext context;
    private final List<String> errors = new ArrayList<>();
    private boolean expectErrors;

    private Visitor(Browser.NewContextOptions options) {
        context = Site.BROWSER.newContext(
                options.setAcceptDownloads(true).setLocale("en-GB").setTimezoneId("UTC"));
        context.setDefaultTimeout(Site.PATIENCE_MS);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text());
            }
        });
        page.onPageError(errors::add);
    }

    /** At a screen of usual size. */
    static Visitor anonymous() {
        return new Visitor(new Browser.NewContextOptions().setViewportSize(1440, 900));
    }

    /** With a key that acts for a user whom nobody else is. */
    static Visitor in() {
        Visitor visitor = anonymous();
        visitor.logIn();
        return visitor;
    }

    /** The same, at a screen of this size and these colours. */
    static Visitor in(int width, int height, ColorScheme colours) {
        Visitor visitor = outside(width, height, colours);
        visitor.logIn();
        return visitor;
    }

    /** The admin themselves, at a screen of this size and these colours. */
    static Visitor admin(int width, int height, ColorScheme colours) {
        Visitor visitor = outside(width, height, colours);
        visitor.logIn(null);
        return visitor;
    }

    /** Not logged in, at a screen of this size and these colours. */
    static Visitor outside(int width, int height, ColorScheme colours) {
        return new Visitor(
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(colours));
    }

    private void logIn() {
        logIn(name);
    }

    /** As one who logged in before; logging in itself is tested for its own sake. */
    private void logIn(@Nullable String user) {
        String kept = "{\"kind\":\"key\",\"secret\":\"" + Service.ADMIN_KEY + "\""
                + (user == null ? "}" : ",\"user\":\"" + user + "\"}");
        page.addInitScript(
                "if (location.protocol === 'http:') sessionStorage.setItem('verbatim.session', '" + kept + "')");
        open("/");
        assertThat(link("History")).isVisible();
    }

    Visitor open(String path) {
        page.navigate(Site.SERVICE.address() + path);
        return this;
    }

    Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    Locator button(String label) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(label).setExact(true));
    }

    Locator link(String label) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(label).setExact(true));
    }

    Locator heading(String text) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(text).setExact(true));
    }

    /** Writes a message and sends it. */
    void say(String text) {
        field("Message").fill(text);
        page.keyboard().press("Enter");
    }

    /** Says it and waits for the whole answer, as a screen reader is told of it. */
    void ask(String text) {
        say(text);
        answered();
    }

    void answered() {
        assertThat(page.getByText("The answer is complete.")).isAttached();
    }

    Locator answers() {
        return page.locator("article.assistant");
    }

    Locator questions() {
        return page.locator("article.user");
    }

    /** The browser tells answers like 404 and 502 as errors too; a test that brings them about says so. */
    void expectsErrors() {
        expectErrors = true;
    }

    @Override
    public void close() {
        context.close();
        if (!expectErrors) {
            Assertions.assertThat(errors).isEmpty();
        }
    }
}
