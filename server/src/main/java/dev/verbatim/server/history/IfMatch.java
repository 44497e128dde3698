package dev.verbatim.server.history;

import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.RequestContext;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** {@code If-Match}: change something only while its generation is one that the client has read. */
final class IfMatch {
    private IfMatch() {}

    /**
     * The generation the store is to insist on; none when the header is not there.
     *
     * @param current asks for the generation of what is there; asked only when more than one tag, or {@code *}, is given
     * @throws ApiException (412) when no tag can match
     */
    static OptionalLong generation(RequestContext request, LongSupplier current) {
        Optional<String> header = request.listHeader(HeaderNames.IF_MATCH);
        if (header.isEmpty()) {
            return OptionalLong.empty();
        }
        if (ETags.isAny(header.get())) {
            return OptionalLong.of(current.getAsLong());
        }
        List<Long> generations = ETags.tags("If-Match", header.get()).stream()
                .map(ETags::generation)
                .flatMapToLong(OptionalLong::stream)
                .distinct()
                .boxed()
                .toList();
        if (generations.size() == 1) {
            return OptionalLong.of(generations.getFirst());
        }
        long now = generations.isEmpty() ? 0 : current.getAsLong();
        if (!generations.contains(now)) {
            throw ApiException.preconditionFailed("the history was changed, or the tag is none of its; read it again");
        }
        return OptionalLong.of(now);
    }
}
