package dev.verbatim.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.verbatim.testkit.Await;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Getting in and out; first of all, while the code that the service printed is good. */
@Order(1)
class LoginPageTest {
    private final Visitor visitor = Visitor.anonymous();

    private void fill(String label, String text) {
        visitor.field(label).fill(text);
    }

    @Test
    void withTheLinkThatTheServicePrints() {
        try (visitor) {
            visitor.open(Site.SERVICE.link().substring(Site.SERVICE.address().length()));
            assertThat(visitor.heading("New chat")).isVisible();
            Assertions.assertThat(visitor.page.url())
                    .as("the code is not left in the address")
                    .doesNotContain("code");
            assertThat(visitor.link("Accounts")).isVisible();
        }
    }

    @Test
    void withEmailAndPasswordUntilTheyLogOut() {
        try (visitor) {
            visitor.expectsErrors();
            String email = Site.SERVICE.newUser();
            visitor.open("/");
            fill("Email", email);
            fill("Password", "wrong horse");
            visitor.button("Log in").click();
            assertThat(visitor.page.getByRole(AriaRole.ALERT)).isVisible();
            fill("Password", "correct horse");
            visitor.button("Log in").click();
            assertThat(visitor.page.getByText(email)).isVisible();
            assertThat(visitor.link("Accounts")).hasCount(0);
            visitor.page.reload();
            assertThat(visitor.page.getByText(email)).isVisible();
            visitor.button("Log out").click();
            assertThat(visitor.heading("Log in to Verbatim")).isVisible();
            visitor.page.reload();
            assertThat(visitor.heading("Log in to Verbatim")).isVisible();
        }
    }

    @Test
    void anApplicationsKeyIsAskedForWhom() {
        try (visitor) {
            visitor.expectsErrors();
            String key = Site.SERVICE
                    .json("POST", "/api/keys", null, "{\"name\":\"app\",\"role\":\"service\"}")
                    .at("/key")
                    .asString();
            visitor.open("/");
            visitor.button("API key").click();
            fill("Key", key);
            visitor.button("Log in").click();
            assertThat(visitor.page.getByText("This key acts for users of an application: name one."))
                    .isVisible();
            fill("For the user (optional)", "zoë");
            visitor.button("Log in").click();
            assertThat(visitor.page.getByText("zoë")).isVisible();
        }
    }

    @Test
    void aLogInThatIsVoidLeadsBackToTheDoor() {
        try (visitor) {
            visitor.expectsErrors();
            String email = Site.SERVICE.newUser();
            visitor.open("/");
            fill("Email", email);
            fill("Password", "correct horse");
            visitor.button("Log in").click();
            assertThat(visitor.heading("New chat")).isVisible();
            String id = Site.SERVICE
                    .json("GET", "/api/users?limit=1000", null, null)
                    .at("/data")
                    .valueStream()
                    .filter(user -> user.at("/email").asString("").equals(email))
                    .findFirst()
                    .orElseThrow()
                    .at("/id")
                    .asString();
            Site.SERVICE.call("DELETE", "/api/users/" + id, null, null);
            Await.until(() -> {
                visitor.open("/#/history");
                visitor.page.reload();
                Locator door = visitor.heading("Log in to Verbatim");
                assertThat(door.or(visitor.heading("History"))).isVisible();
                return door.isVisible();
            });
        }
    }
}
