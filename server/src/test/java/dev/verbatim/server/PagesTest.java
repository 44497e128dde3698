package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages as a browser fetches them. */
class PagesTest {
    private static final Path SOURCES = Path.of("src/main/resources/pages");
    private static final Pattern FILE = Pattern.compile("(?:href|src)=\"(/pages/[^\"]+)\"");
    private static final Pattern IMPORT = Pattern.compile("(?:from |import\\()\"\\./([^\"]+)\"");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<byte[]> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String document() {
        return new String(get("/", "Accept", "text/html").body(), StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** Where the files of this version are. */
    private static String folder() {
        Matcher matcher = Pattern.compile("/pages/[0-9a-f]{16}/").matcher(document());
        assertThat(matcher.find()).isTrue();
        return matcher.group();
    }

    @Test
    void whoAsksForHtmlGetsThePagesAndOthersText() {
        HttpResponse<byte[]> page = get("/", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        assertThat(header(page, "Content-Type")).startsWith("text/html");
        assertThat(header(page, "Vary")).contains("Accept", "Accept-Encoding");
        assertThat(header(get("/", "Accept", "*/*"), "Content-Type")).startsWith("text/plain");
    }

    @Test
    void thePolicyLetsNothingInlineRun() {
        HttpResponse<byte[]> page = get("/", "Accept", "text/html");
        assertThat(header(page, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self';", "style-src 'self';", "trusted-types 'none'")
                .doesNotContain("unsafe");
        String document = document();
        assertThat(document).doesNotContain("<style", " style=", " onload=", "javascript:");
        assertThat(Pattern.compile("<script(?![^>]* src=)").matcher(document).find())
                .isFalse();
    }

    @Test
    void everythingThatIsNamedIsThere() throws IOException {
        List<String> named =
                FILE.matcher(document()).results().map(m -> m.group(1)).toList();
        assertThat(named)
                .hasSizeGreaterThan(5)
                .allSatisfy(path -> assertThat(get(path).statusCode()).isEqualTo(200));
        String folder = folder();
        try (Stream<Path> sources = Files.list(SOURCES)) {
            for (Path source : sources.toList()) {
                if (!source.endsWith("index.html")) {
                    assertThat(get(folder + source.getFileName()).body()).isEqualTo(Files.readAllBytes(source));
                }
                for (Matcher m = IMPORT.matcher(Files.readString(source)); m.find(); ) {
                    assertThat(get(folder + m.group(1)).statusCode())
                            .as(m.group(1))
                            .isEqualTo(200);
                }
            }
        }
    }

    @Test
    void aFileIsPackedForWhoTakesThat() throws IOException {
        String path = folder() + "app.css";
        HttpResponse<byte[]> packed = get(path, "Accept-Encoding", "br, gzip");
        assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                .isEqualTo(get(path).body());
        assertThat(packed.body().length).isLessThan(get(path).body().length / 2);
        assertThat(header(packed, "ETag")).isNotEqualTo(header(get(path), "ETag"));
        for (String refusal : new String[] {"identity", "gzip;q=0", "br, gzip; q=0.0"}) {
            assertThat(header(get(path, "Accept-Encoding", refusal), "Content-Encoding"))
                    .as(refusal)
                    .isEmpty();
        }
    }

    @Test
    void whatIsKnownIsNotSentAgain() {
        for (String path : new String[] {"/", folder() + "app.js"}) {
            String tag = header(get(path, "Accept", "text/html"), "ETag");
            HttpResponse<byte[]> again = get(path, "Accept", "text/html", "If-None-Match", "\"other\", W/" + tag);
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(header(again, "ETag")).isEqualTo(tag);
            assertThat(again.body()).isEmpty();
        }
    }

    @Test
    void aFileIsKeptForEverUnderItsVersionOnly() {
        assertThat(header(get(folder() + "app.js"), "Cache-Control")).contains("immutable");
        HttpResponse<byte[]> other = get("/pages/0123456789abcdef/app.js");
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(header(other, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(get("/", "Accept", "text/html"), "Cache-Control")).isEqualTo("no-cache");
    }

    @ParameterizedTest
    @CsvSource({
        "app.js, text/javascript; charset=utf-8",
        "app.css, text/css; charset=utf-8",
        "icon.svg, image/svg+xml",
        "marked.js, text/javascript; charset=utf-8",
        "uplot.js, text/javascript; charset=utf-8"
    })
    void aFileSaysWhatItIs(String name, String type) {
        HttpResponse<byte[]> file = get(folder() + name);
        assertThat(header(file, "Content-Type")).isEqualTo(type);
        assertThat(header(file, "X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @CsvSource({"index.html", "nothing.js", "..%2Fopenapi.json", "%2e%2e", "app.js%00"})
    void nothingElseIsThere(String name) {
        assertThat(get(folder() + name).statusCode()).isEqualTo(404);
    }
}
