package dev.verbatim.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Chatting. */
class ChatPageTest {
    private static final Pattern CONVERSATION = Pattern.compile("#/chat/.+");

    private final Visitor visitor = Visitor.in();

    @AfterEach
    void leave() {
        visitor.close();
    }

    @Test
    void anAnswerIsSeenAsItComesAndIsThereAfterAReload() {
        visitor.say("Tell me in two parts");
        assertThat(visitor.page.getByText("You asked:")).isVisible();
        assertThat(visitor.page.getByText("That is all.")).hasCount(0);
        assertThat(visitor.button("Stop the answer")).isVisible();
        Site.MODEL.goOn();
        visitor.answered();
        assertThat(visitor.page.getByText("That is all.")).isVisible();
        assertThat(visitor.page).hasURL(CONVERSATION);
        visitor.page.reload();
        assertThat(visitor.questions()).containsText("Tell me in two parts");
        assertThat(visitor.answers()).containsText("That is all.");
        assertThat(visitor.page.getByRole(AriaRole.NAVIGATION).getByText("Tell me in two parts"))
                .isVisible();
    }

    @Test
    void markdownIsShownAsWhatItMeans() {
        visitor.ask("What is Markdown?");
        Locator answer = visitor.answers();
        assertThat(answer.getByRole(AriaRole.LISTITEM)).hasCount(2);
        assertThat(answer.locator("strong")).hasText("What is Markdown?");
        assertThat(answer.locator("pre code")).containsText("int answer =");
        assertThat(answer.getByText("java", new Locator.GetByTextOptions().setExact(true)))
                .isVisible();
    }

    @Test
    void htmlAndScriptAreShownAsText() {
        visitor.ask("hostile " + ModelServer.HOSTILE);
        assertThat(visitor.answers()).containsText("<script>window.stolen=1</script>");
        assertThat(visitor.questions()).containsText("<img src=x onerror=");
        assertThat(visitor.page.locator("article img, article script, article b, article a"))
                .hasCount(0);
        Assertions.assertThat(visitor.page.evaluate("window.stolen")).isNull();
    }

    @Test
    void anAnswerThatIsStoppedIsKeptAsFarAsItCame() {
        visitor.say("Go on without end");
        assertThat(visitor.answers()).containsText("on and on and");
        visitor.page.keyboard().press("Escape");
        assertThat(visitor.page.getByText("stopped before its end")).isVisible();
        assertThat(visitor.button("Send")).isVisible();
        visitor.page.reload();
        assertThat(visitor.answers()).containsText("on and on and");
    }

    @Test
    void theButtonStopsAnAnswerAndOneCanWriteOn() {
        visitor.say("Go on without end");
        assertThat(visitor.answers()).containsText("on and on and");
        visitor.button("Stop the answer").click();
        assertThat(visitor.page.getByText("stopped before its end")).isVisible();
        assertThat(visitor.field("Message")).isFocused();
        visitor.ask("Which number?");
        assertThat(visitor.answers()).hasCount(2);
    }

    @Test
    void aQuestionAskedAgainStandsInAForkAndTheOldOneStays() {
        visitor.ask("My naem is Ann");
        String address = visitor.page.url();
        edit("My name is Ann");
        visitor.button("Ask again, in a fork").click();
        assertThat(visitor.page).not().hasURL(address);
        assertThat(visitor.questions().locator("p")).hasText("My name is Ann");
        visitor.answered();
        assertThat(visitor.answers()).hasCount(1);
        assertThat(visitor.answers()).containsText("You asked: My name is Ann");
        visitor.page.navigate(address);
        assertThat(visitor.questions().locator("p")).hasText("My naem is Ann");
        assertThat(visitor.answers()).containsText("You asked: My naem is Ann");
    }

    private void edit(String text) {
        visitor.questions().hover();
        visitor.button("Edit").first().click();
        visitor.questions().getByRole(AriaRole.TEXTBOX).fill(text);
    }

    @Test
    void anAnswerMadeAgainStandsInAForkAndTheOldOneStays() {
        visitor.ask("Which number?");
        String first = visitor.answers().locator("h5").innerText();
        String address = visitor.page.url();
        visitor.answers().hover();
        visitor.button("Answer again, in a fork").click();
        assertThat(visitor.page).not().hasURL(address);
        visitor.answered();
        assertThat(visitor.questions()).hasCount(1);
        assertThat(visitor.answers()).hasCount(1);
        assertThat(visitor.answers().locator("h5")).not().hasText(first);
        visitor.page.navigate(address);
        assertThat(visitor.answers().locator("h5")).hasText(first);
    }

    @Test
    void aMessageIsEdited() {
        visitor.ask("My naem is Ann");
        edit("My name is Ann");
        visitor.button("Save").click();
        assertThat(visitor.questions().locator("p")).hasText("My name is Ann");
        assertThat(visitor.button("Edit").first()).isFocused();
        visitor.page.reload();
        assertThat(visitor.questions().locator("p")).hasText("My name is Ann");
        assertThat(visitor.answers()).hasCount(1);
    }

    @Test
    void aQuestionThatFailedIsAskedAgainAndStoredOnce() {
        visitor.expectsErrors();
        Site.MODEL.fail(20);
        visitor.say("please fail at first");
        assertThat(visitor.button("Try again")).isVisible();
        Site.MODEL.fail(0);
        visitor.button("Try again").click();
        visitor.answered();
        assertThat(visitor.button("Try again")).hasCount(0);
        visitor.page.reload();
        assertThat(visitor.answers()).hasCount(1);
        assertThat(visitor.questions()).hasCount(1);
    }

    @Test
    void aLongConversationBeginsAtItsEndAndLeadsBack() {
        StringBuilder messages = new StringBuilder();
        for (int i = 1; i <= 120; i++) {
            messages.append(i == 1 ? "" : ",")
                    .append("{\"role\":\"user\",\"content\":\"number ")
                    .append(i)
                    .append("\"}");
        }
        Site.SERVICE.call(
                "POST",
                "/api/conversations/long/messages?create=true",
                visitor.name,
                "{\"messages\":[" + messages + "]}");
        visitor.open("/#/chat/long");
        assertThat(visitor.questions().getByText("number 120")).isInViewport();
        visitor.button("Show earlier messages").click();
        visitor.button("Show earlier messages").click();
        assertThat(visitor.questions()).hasCount(120);
        assertThat(visitor.button("Show earlier messages")).hasCount(0);
        visitor.open("/#/chat/nowhere");
        visitor.expectsErrors();
        assertThat(visitor.page.getByText("There is no such conversation")).isVisible();
    }
}
