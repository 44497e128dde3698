package dev.verbatim.server.insight;

import dev.verbatim.Accounts.Role;
import dev.verbatim.Times;
import dev.verbatim.insight.InsightFilter;
import dev.verbatim.insight.Recommendation;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.RequestContext;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the query parameters of what is told about query logs, and whose the caller may see. */
final class Parameters {
    private static final HeaderName ON_BEHALF_OF = HeaderNames.create("Verbatim-User");

    private Parameters() {}

    /** Whether the caller sees everybody's: an admin who does not act for somebody. */
    static boolean seesAll(RequestContext request) {
        return request.caller().role() == Role.ADMIN
                && request.header(ON_BEHALF_OF).isEmpty();
    }

    /** Whose the caller sees; null for everybody's. */
    static @Nullable UUID whose(RequestContext request) {
        return seesAll(request) ? null : request.owner().id();
    }

    /** What the caller asks about, which is no more than the caller may see. */
    static InsightFilter filter(RequestContext request) {
        @Nullable UUID asked = user(request);
        @Nullable UUID whose = whose(request);
        String dept = request.query().text("dept_id").orElse(null);
        if (whose != null && (dept != null || (asked != null && !asked.equals(whose)))) {
            throw ApiException.forbidden("only admins may ask about other users and about departments");
        }
        return new InsightFilter(
                time(request, "from"),
                time(request, "to"),
                whose == null ? asked : whose,
                dept,
                request.query().text("model").orElse(null),
                recommendation(request));
    }

    private static @Nullable UUID user(RequestContext request) {
        String text = request.query().text("user").orElse(null);
        if (text == null) {
            return null;
        }
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw notAUser();
        }
        throw notAUser();
    }

    private static ApiException notAUser() {
        return ApiException.invalid("user", "user must be the id of a user, as GET /api/users and /api/me say it");
    }

    static @Nullable Instant time(RequestContext request, String name) {
        Optional<String> text = request.query().text(name);
        return text.map(given -> Times.parse(name, given)).orElse(null);
    }

    static @Nullable Recommendation recommendation(RequestContext request) {
        return request.query()
                .text("recommendation")
                .map(Parameters::recommendation)
                .orElse(null);
    }

    static Recommendation recommendation(String name) {
        return Recommendation.of(name)
                .orElseThrow(() -> ApiException.invalid(
                        "recommendation",
                        "recommendation must be one of "
                                + Arrays.stream(Recommendation.values())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))));
    }
}
