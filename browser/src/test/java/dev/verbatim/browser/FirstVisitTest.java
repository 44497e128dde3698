package dev.verbatim.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.LoadState;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What a browser that never was here has to fetch, and what the pages forbid. */
class FirstVisitTest {
    private static final int MOST = 150_000;

    @Test
    void theFirstPageIsSmall() {
        try (Visitor visitor = Visitor.anonymous()) {
            List<Request> done = new ArrayList<>();
            visitor.page.onRequestFinished(done::add);
            visitor.open("/");
            visitor.button("API key").click();
            visitor.field("Key").fill(Service.ADMIN_KEY);
            visitor.page.keyboard().press("Enter");
            assertThat(visitor.heading("New chat")).isVisible();
            visitor.page.waitForLoadState(LoadState.NETWORKIDLE);
            int bytes = List.copyOf(done).stream()
                    .map(Request::sizes)
                    .mapToInt(sizes -> sizes.responseBodySize + sizes.responseHeadersSize)
                    .sum();
            System.out.printf("first page: %d requests, %d bytes%n", done.size(), bytes);
            Assertions.assertThat(bytes).isBetween(10_000, MOST);
        }
    }

    @Test
    void oneCanTypeAtOnceAndIsToldAfterWhatTime() {
        try (Visitor visitor = Visitor.anonymous()) {
            visitor.page.addInitScript("""
                    window.usable = new Promise(done => {
                        const look = () => document.activeElement?.name === 'email'
                            ? done(performance.now())
                            : requestAnimationFrame(look);
                        requestAnimationFrame(look);
                    });""");
            visitor.open("/");
            assertThat(visitor.field("Email")).isFocused();
            Object ms = visitor.page.evaluate("window.usable");
            System.out.printf("first page: the log-in can be used after %s ms%n", ms);
            visitor.page.keyboard().type("ann@example.org");
            assertThat(visitor.field("Email")).hasValue("ann@example.org");
        }
    }

    @Test
    void nothingButTheServicesOwnFilesRuns() {
        try (Visitor visitor = Visitor.in()) {
            visitor.expectsErrors();
            Object blocked = visitor.page.evaluate("""
                    () => new Promise(done => {
                        const blocked = [];
                        document.addEventListener('securitypolicyviolation', e => {
                            blocked.push(e.effectiveDirective);
                            if (blocked.length === 3) done(blocked.sort().join());
                        });
                        import('https://elsewhere.example/x.js').catch(() => {});
                        fetch('https://elsewhere.example/x').catch(() => {});
                        new Image().src = 'https://elsewhere.example/x.png';
                    })""");
            Assertions.assertThat(blocked).isEqualTo("connect-src,img-src,script-src-elem");
            Assertions.assertThat(visitor.page.evaluate("""
                    () => [
                        () => document.body.innerHTML = '<p>text that became markup</p>',
                        () => document.createElement('script').text = 'window.stolen = 1',
                        () => document.createElement('script').src = 'https://elsewhere.example/x.js'
                    ].map(act => {
                        try {
                            act();
                            return 'done';
                        } catch (e) {
                            return e.name;
                        }
                    }).join()""")).isEqualTo("TypeError,TypeError,TypeError");
        }
    }

    @Test
    void aSecondVisitFetchesNoFileAgain() {
        try (Visitor visitor = Visitor.in()) {
            assertThat(visitor.heading("New chat")).isVisible();
            visitor.page.reload();
            assertThat(visitor.heading("New chat")).isVisible();
            Object transferred = visitor.page.evaluate(
                    "performance.getEntriesByType('resource').filter(e => e.name.includes('/pages/')).reduce((n, e) => n + e.transferSize, 0)");
            Assertions.assertThat(transferred).isEqualTo(0);
        }
    }
}
