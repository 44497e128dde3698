package dev.verbatim.server.pages;

import dev.verbatim.server.http.Access;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.RequestContext;
import dev.verbatim.server.http.Routes;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.nio.charset.StandardCharsets;

/** Gives the pages to browsers, and a few lines of text to whoever asks {@code /} without wanting HTML. */
public final class PageRoutes {
    private static final Header TEXT = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    private static final Header FOR_EVER =
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable");
    private static final Header ASK_AGAIN = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");
    private static final Header GZIP = HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");
    private static final Header BY_ENCODING = HeaderValues.createCached(HeaderNames.VARY, "Accept-Encoding");
    private static final Header BY_KIND = HeaderValues.createCached(HeaderNames.VARY, "Accept, Accept-Encoding");
    private static final Header AS_SAID = HeaderValues.createCached("X-Content-Type-Options", "nosniff");
    private static final Header NO_REFERRER = HeaderValues.createCached("Referrer-Policy", "no-referrer");
    private static final Header ALONE = HeaderValues.createCached("Cross-Origin-Opener-Policy", "same-origin");

    /** Nothing but what this service gives runs, is shown or is called, and no text can become markup. */
    private static final Header POLICY = HeaderValues.createCached(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                    + "require-trusted-types-for 'script'; trusted-types 'none'");

    private static final byte[] WELCOME = """
            Verbatim keeps the conversation history of LLM applications.
            Open this address in a browser for its pages.
            The API is described at /openapi.json; its health is at /health/ready.
            A one-time code is exchanged for a token by POST /api/login with {"code":"..."}; send it from then on
            as Authorization: Bearer <token>.
            """.getBytes(StandardCharsets.UTF_8);

    private PageRoutes() {}

    /** Read when a browser first comes: a service without visitors starts without them. */
    private static final class Loaded {
        static final PageFiles FILES = PageFiles.load();
    }

    /** Adds the routes. */
    public static void register(Routes routes) {
        routes.add("GET", "/", Access.OPEN, PageRoutes::front)
                .add("GET", "/pages/{version}/{file}", Access.OPEN, PageRoutes::file);
    }

    private static void front(RequestContext request) {
        request.header(BY_KIND);
        if (!accept(request, HeaderNames.ACCEPT).contains("text/html")) {
            request.send(200, TEXT, WELCOME);
            return;
        }
        request.header(POLICY).header(NO_REFERRER).header(ALONE);
        send(request, Loaded.FILES.document(), ASK_AGAIN);
    }

    private static void file(RequestContext request) {
        Asset asset = Loaded.FILES.find(request.path("file"));
        if (asset == null) {
            throw ApiException.notFound("there is no such file among the pages");
        }
        request.header(BY_ENCODING);
        boolean current = request.path("version").equals(Loaded.FILES.version());
        send(request, asset, current ? FOR_EVER : ASK_AGAIN);
    }

    private static void send(RequestContext request, Asset asset, Header keeping) {
        boolean gzip = Accepted.gzip(accept(request, HeaderNames.ACCEPT_ENCODING));
        request.header(AS_SAID).header(keeping).header(HeaderNames.ETAG, asset.tag(gzip));
        if (Accepted.isKnown(accept(request, HeaderNames.IF_NONE_MATCH), asset.tag(gzip))) {
            request.empty(304);
            return;
        }
        if (gzip) {
            request.header(GZIP);
        }
        request.send(200, asset.type(), asset.bytes(gzip));
    }

    private static String accept(RequestContext request, HeaderName name) {
        return request.listHeader(name).orElse("");
    }
}
