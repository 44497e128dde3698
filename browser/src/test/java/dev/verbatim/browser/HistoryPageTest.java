package dev.verbatim.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.verbatim.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Finding conversations again, and what one does with them. */
class HistoryPageTest {
    private final Visitor visitor = Visitor.in();

    @AfterEach
    void leave() {
        visitor.close();
    }

    private void stored(String id, String title, String text) {
        Site.SERVICE.call(
                "POST",
                "/api/conversations",
                visitor.name,
                "{\"id\":\"" + id + "\",\"title\":" + ModelServer.quoted(title) + "}");
        Site.SERVICE.call(
                "POST",
                "/api/conversations/" + id + "/messages",
                visitor.name,
                "{\"role\":\"user\",\"content\":" + ModelServer.quoted(text) + "}");
    }

    private Locator row(String title) {
        return visitor.page.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(title));
    }

    private void choose(String title, String entry) {
        visitor.button("Actions for " + title).click();
        visitor.page
                .getByRole(
                        AriaRole.MENUITEM,
                        new Page.GetByRoleOptions().setName(entry).setExact(true))
                .click();
    }

    private void open() {
        visitor.open("/#/history");
        assertThat(visitor.heading("History")).isVisible();
    }

    @Test
    void nobodyIsLeftBeforeAnEmptyPage() {
        open();
        assertThat(visitor.page.getByText("No conversations yet")).isVisible();
        assertThat(visitor.page.getByText("These are the admin's own")).hasCount(0);
    }

    @Test
    void anAdminIsToldHowToSeeTheConversationsOfAUser() {
        try (Visitor admin = Visitor.admin(1440, 900, ColorScheme.LIGHT)) {
            admin.page.route(
                    "**/api/conversations?*",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("application/json")
                            .setBody("{\"object\":\"list\",\"data\":[],\"has_more\":false,\"next\":null}")));
            admin.open("/#/history");
            assertThat(admin.page.getByText("These are the admin's own")).isVisible();
        }
    }

    @Test
    void whatWasSaidIsFoundWhileOneTypes() {
        stored("a", "Dinner", "Where can I eat gnocchi alla romana <b>tonight</b>?");
        stored("b", "Travel", "A train to Porto, please");
        open();
        Await.until(() -> Site.SERVICE
                        .json("GET", "/api/search?q=gnocchi", visitor.name, null)
                        .at("/data")
                        .size()
                == 1);
        Locator search = visitor.field("Search titles and messages");
        search.pressSequentially("gnoc");
        assertThat(visitor.page.locator("mark")).hasText("gnocchi");
        assertThat(visitor.page.locator(".results")).containsText("<b>tonight</b>");
        assertThat(visitor.page.getByText("Porto")).isHidden();
        visitor.page.locator("mark").click();
        assertThat(visitor.page.locator("article.found")).containsText("gnocchi alla romana");
        visitor.page.goBack();
        assertThat(search).hasValue("gnoc");
        search.fill("dinn");
        assertThat(visitor.heading("Titles")).isVisible();
        search.fill("zzzz");
        assertThat(visitor.page.getByText("Nothing has “zzzz” in it")).isVisible();
    }

    @Test
    void aTitleIsChanged() {
        stored("a", "Old name", "x");
        open();
        choose("Old name", "Rename");
        visitor.field("Title").fill("New <name>");
        visitor.button("Rename").click();
        assertThat(row("New <name>")).isVisible();
        Assertions.assertThat(Site.SERVICE
                        .json("GET", "/api/conversations/a", visitor.name, null)
                        .at("/title")
                        .asString())
                .isEqualTo("New <name>");
    }

    @Test
    void theExportIsWhatTheServiceKeeps() throws IOException {
        stored("a", "To be kept", "every word, \u00e9ven this \uD83D\uDE80");
        open();
        Download download = visitor.page.waitForDownload(() -> choose("To be kept", "Export as JSON"));
        Assertions.assertThat(download.suggestedFilename()).isEqualTo("To be kept.json");
        Assertions.assertThat(Files.readString(download.path()))
                .isEqualTo(Site.SERVICE.call("GET", "/api/conversations/a/export?format=json", visitor.name, null))
                .contains("every word");
    }

    @Test
    void theExportOfAllIsAllThatTheServiceKeeps() throws IOException {
        stored("a", "One", "the first");
        stored("b", "Other", "the second");
        open();
        Download download =
                visitor.page.waitForDownload(() -> visitor.button("Export all").click());
        Assertions.assertThat(download.suggestedFilename()).isEqualTo("conversations.jsonl");
        Assertions.assertThat(Files.readString(download.path()))
                .isEqualTo(Site.SERVICE.call("GET", "/api/export", visitor.name, null))
                .contains("the first", "the second");
    }

    @Test
    void aFileThatIsDroppedIsImported() {
        open();
        String lines = """
                {"id":"x","title":"Brought along","messages":[{"role":"user","content":"one"}]}
                {"id":"y","title":"Brought too","messages":[{"role":"user","content":"two"}]}
                not json
                """;
        JSHandle file = visitor.page.evaluateHandle(
                "text => { const all = new DataTransfer(); all.items.add(new File([text], 'some.jsonl')); return all; }",
                lines);
        visitor.page.dispatchEvent("body", "dragover", Map.of("dataTransfer", file));
        assertThat(visitor.page.getByText("Drop the files to import them")).isVisible();
        visitor.page.dispatchEvent("body", "drop", Map.of("dataTransfer", file));
        assertThat(visitor.page.getByText(
                        "2 conversations with 2 messages are in the history now; 1 entry could not be taken"))
                .isVisible();
        assertThat(row("Brought along")).isVisible();
        assertThat(row("Brought too")).isVisible();
    }

    @Test
    void aDeletionIsUndoneOrHappensInTheEnd() {
        stored("a", "Stays", "x");
        stored("b", "Goes", "x");
        open();
        choose("Stays", "Delete");
        assertThat(row("Stays")).hasCount(0);
        visitor.button("Undo").click();
        assertThat(row("Stays")).isVisible();
        visitor.page.clock().install();
        visitor.page.reload();
        choose("Goes", "Delete");
        assertThat(row("Goes")).hasCount(0);
        Assertions.assertThat(titles()).contains("Goes");
        visitor.page.clock().runFor(8000);
        Await.until(() -> !titles().contains("Goes"));
        Assertions.assertThat(titles()).contains("Stays");
    }

    @Test
    void nothingIsDeletedInTheTimeForUndoingNorOnceUndone() {
        stored("a", "Kept after all", "x");
        List<Request> sent = new ArrayList<>();
        visitor.page.onRequest(sent::add);
        long now = System.currentTimeMillis();
        visitor.page.clock().install(new Clock.InstallOptions().setTime(now));
        open();
        assertThat(row("Kept after all")).isVisible();
        visitor.page.clock().pauseAt(now + Duration.ofHours(1).toMillis());
        choose("Kept after all", "Delete");
        assertThat(row("Kept after all")).hasCount(0);
        visitor.page.clock().runFor(7_900);
        visitor.button("Undo").click();
        assertThat(row("Kept after all")).isVisible();
        visitor.page.clock().runFor(60_000);
        choose("Kept after all", "Delete");
        visitor.page.clock().runFor(7_900);
        assertThat(row("Kept after all")).hasCount(0);
        Assertions.assertThat(List.copyOf(sent)).extracting(Request::method).doesNotContain("DELETE");
        Request delete = visitor.page.waitForRequest(
                request -> request.method().equals("DELETE"),
                () -> visitor.page.clock().runFor(100));
        Assertions.assertThat(delete.url()).endsWith("/api/conversations/a");
    }

    private String titles() {
        return Site.SERVICE.call("GET", "/api/conversations", visitor.name, null);
    }

    @Test
    void aDeletionHappensWhenThePageIsClosedBefore() {
        stored("a", "Gone at once", "x");
        open();
        choose("Gone at once", "Delete");
        visitor.page.navigate("about:blank");
        Await.until(() -> !titles().contains("Gone at once"));
    }

    @Test
    void aForkIsOpened() {
        stored("a", "Common past", "the beginning");
        open();
        choose("Common past", "Fork");
        assertThat(visitor.page).hasURL(Pattern.compile("#/chat/(?!a$).+"));
        assertThat(visitor.questions()).containsText("the beginning");
    }

    @Test
    void tenThousandAreScrolledThroughWithFewElements() {
        stored("a", "The newest", "x");
        Site.SERVICE.fill(9_999, visitor.name);
        open();
        assertThat(visitor.page.getByText("100 conversations so far, more as you scroll"))
                .isVisible();
        visitor.page.locator(".book-row").first().focus();
        Await.until(() -> {
            visitor.page.keyboard().press("End");
            return visitor.page.getByText("10,000 conversations").isVisible();
        });
        visitor.page.keyboard().press("End");
        Locator last = visitor.page.locator(".virtual-row").last();
        assertThat(last).hasAttribute("aria-posinset", "10000");
        assertThat(last).hasAttribute("aria-setsize", "10000");
        assertThat(last.locator("a")).isFocused();
        Assertions.assertThat(visitor.page.locator(".virtual-row").count()).isLessThan(60);
        visitor.page.keyboard().press("Home");
        assertThat(visitor.page.locator(".virtual-row").first().locator("a")).isFocused();
        visitor.page.keyboard().press("Enter");
        assertThat(visitor.page).hasURL(Pattern.compile("#/chat/a"));
    }
}
