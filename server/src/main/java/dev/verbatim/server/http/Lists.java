package dev.verbatim.server.http;

import dev.verbatim.Page;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The one form of every list: {@code {"object":"list","data":[…],"has_more":…,"next":…}}. */
public final class Lists {
    private Lists() {}

    /** A page, each entry written by {@code entry}. */
    public static <T> byte[] json(Page<T> page, Function<T, JsonOut> entry) {
        String data = page.data().stream().map(e -> entry.apply(e).text()).collect(Collectors.joining(",", "[", "]"));
        return new JsonOut()
                .member("object", "list")
                .raw("data", data)
                .member("has_more", page.next() != null)
                .member("next", page.next())
                .end()
                .text()
                .getBytes(StandardCharsets.UTF_8);
    }
}
