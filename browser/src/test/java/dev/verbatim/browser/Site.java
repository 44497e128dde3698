package dev.verbatim.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What all tests share, started once a JVM: the service, the model's server, the browser. Used by one thread. */
final class Site {
    /** Debian's, unless told otherwise. */
    private static final String CHROMIUM = System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium");

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=en-GB");

    /** Machines may be busy. */
    static final double PATIENCE_MS = 60_000;

    static final ModelServer MODEL = new ModelServer();
    static final Service SERVICE = Service.start(Path.of("target", "browser-service"), MODEL.url());
    static final Browser BROWSER = launch();

    private Site() {}

    private static Browser launch() {
        // Playwright writes the names of roles in small letters as the locale has them, and Turkish has others.
        Locale.setDefault(Locale.ROOT);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(CHROMIUM))
                        .setArgs(ARGUMENTS));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        Runtime.getRuntime().addShutdownHook(new Thread(Site::stop, "site"));
        return browser;
    }

    /** The browser ends with the driver, whose standard input ends with this JVM. */
    private static void stop() {
        SERVICE.close();
        MODEL.close();
    }
}
