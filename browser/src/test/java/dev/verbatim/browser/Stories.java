package dev.verbatim.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.StringJoiner;

/** Conversations and figures to look at. */
final class Stories {
    static final String LONG = "spring";
    static final String AGENT = "porto";

    private static final List<String> TITLES = List.of(
            "A pasta that works without eggs",
            "Why does the build fail on Tuesdays?",
            "Birthday speech for my sister",
            "Regular expressions, once more",
            "The tax form and what line 32 means",
            "Names for a small grey cat",
            "Learning to read sheet music at forty",
            "What to plant on a shady balcony");

    private Stories() {}

    /** Stores them for the admin, who also gives accounts and keys to a few. */
    static void tell() {
        for (String name :
                List.of("maya.okafor", "tomas.lindqvist", "a.very.long.name.that.goes.on.for.quite.a.while")) {
            Site.SERVICE.call(
                    "POST",
                    "/api/users",
                    null,
                    "{\"email\":\"" + name + "@example.org\",\"password\":\"correct horse\",\"dept_id\":\"sales\"}");
        }
        Site.SERVICE.call("POST", "/api/keys", null, "{\"name\":\"web shop\",\"role\":\"service\"}");
        Site.SERVICE.call(
                "POST",
                "/api/keys",
                null,
                "{\"name\":\"nightly report\",\"role\":\"admin\",\"expires_at\":\"2099-01-01T00:00:00Z\"}");
        for (int i = 0; i < TITLES.size(); i++) {
            conversation(
                    "story-" + i,
                    TITLES.get(i),
                    message("user", TITLES.get(i) + "? I have tried a lot, and I am lost."));
        }
        conversation(
                AGENT,
                "What did I say about Porto?",
                message("user", "What did I say about Porto?"),
                "{\"role\":\"assistant\",\"content\":\"You wanted to go there in **spring**, by train [m].\",\"model\":\"small-1\","
                        + "\"latency_ms\":412,\"tokens_used\":96,\"agent\":{\"contexts\":[{\"conversation_id\":\""
                        + LONG
                        + "\",\"title\":\"Where to go in spring\",\"message_id\":\"m\",\"seq\":2,\"role\":\"user\",\"text\":\"Where shall we go in spring? I thought of Porto, by train if that can be done.\","
                        + "\"created_at\":\"2026-01-01T00:00:00Z\",\"score\":0.83}],\"retrieval_quality\":0.83,\"recommendation\":\"ANSWER\",\"refinement_count\":1}}");
        conversation(
                LONG,
                "Where to go in spring",
                message("system", "Answer briefly.\nBe kind."),
                message("user", "Where shall we go in spring? I thought of Porto, by train if that can be done."),
                message("assistant", ANSWER),
                message("user", "And what does that cost for two?"),
                message("assistant", TABLE));
    }

    private static final String ANSWER = """
            Porto is lovely in **April**: mild, green, and not full yet.

            1. Take the night train to the coast.
            2. Go on along the river, which is the finest part.

            > Seats by the left window go first.

            To see the fares yourself:

            ```sh
            curl -s 'https://trains.example/fares?to=porto' | jq '.fares[0]'
            ```
            """;

    private static final String TABLE = """
            For two people, there and back:

            | class | price | changes |
            |:--|--:|--:|
            | second | 212 € | 3 |
            | first | 388 € | 2 |

            Second class is fine; see [the timetable](https://trains.example/times).
            """;

    private static String message(String role, String text) {
        return "{\"role\":\"" + role + "\",\"content\":" + ModelServer.quoted(text)
                + (role.equals("assistant") ? ",\"model\":\"small-1\",\"latency_ms\":1380,\"tokens_used\":412" : "")
                + "}";
    }

    private static void conversation(String id, String title, String... messages) {
        Site.SERVICE.call(
                "POST",
                "/api/conversations",
                null,
                "{\"id\":\"" + id + "\",\"title\":" + ModelServer.quoted(title) + "}");
        Site.SERVICE.call(
                "POST",
                "/api/conversations/" + id + "/messages",
                null,
                "{\"messages\":[" + String.join(",", messages) + "]}");
    }

    /** Lets a page see a busy week, which nobody can live through in a test. */
    static void analytics(Page page) {
        page.route("**/api/analytics/overview?*", route -> json(route, OVERVIEW));
        page.route(
                "**/api/query-logs?*",
                route -> json(route, "{\"object\":\"list\",\"data\":[" + LOGS + "],\"has_more\":false,\"next\":null}"));
        page.route(
                "**/api/analytics/timeseries?*",
                route -> json(route, points(route.request().url())));
    }

    private static void json(Route route, String body) {
        route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(body));
    }

    private static final String OVERVIEW = """
            {"queries":18234,"users":214,"conversations":4120,"messages":41200,"tokens":{"total":9321400,"avg":511.2},
            "response_time_ms":{"avg":812.4,"p50":620,"p95":2140,"p99":5210},
            "retrieval_quality":{"avg":0.71,"by_recommendation":{"ANSWER":{"count":11200,"share":0.614,"avg":0.84},
            "REFINE":{"count":2100,"share":0.115,"avg":0.55},"CLARIFY":{"count":1934,"share":0.106,"avg":0.41},
            "EXTERNAL":{"count":3000,"share":0.165,"avg":0.12}}},"refinements":{"avg":0.38},"contexts":{"avg":3.4},
            "cache":{"hits":40210,"misses":1810,"hit_rate":0.957,"read_ms":{"p50":0.6,"p95":2.4,"p99":7.9}},
            "from":"2026-01-01T00:00:00Z","to":"2026-01-08T00:00:00Z"}""";

    private static final String LOGS = """
            {"query":"Summarise every contract of the last three years and compare their terms","response_time_ms":31240,
            "tokens_used":18211,"conversation_id":"story-4","retrieval_quality":0.4,"recommendation":"REFINE","refinement_count":3,
            "contexts_retrieved":8,"model":"small-1","created_at":"2026-01-03T10:00:00Z"},
            {"query":"What did we decide about the balcony?","response_time_ms":9120,"tokens_used":2100,"conversation_id":"story-7",
            "retrieval_quality":0.8,"recommendation":"ANSWER","refinement_count":0,"contexts_retrieved":4,"model":"small-1",
            "created_at":"2026-01-05T08:00:00Z"}""";

    /** A day's rhythm, with quiet nights. */
    private static String points(String url) {
        StringJoiner points = new StringJoiner(",", "{\"object\":\"list\",\"data\":[", "]}");
        Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS);
        for (int hour = 0; hour < 168; hour++) {
            Instant at = end.minus(168L - hour, ChronoUnit.HOURS);
            double day = 1.1 - Math.cos((at.getEpochSecond() % 86_400) / 86_400.0 * 2 * Math.PI);
            double value = url.contains("queries")
                    ? 90 * day
                    : url.contains("quality") ? 0.6 + day / 10 : (url.contains("p95") ? 900 : 400) * day;
            points.add("{\"at\":\"" + at + "\",\"value\":" + value + "}");
        }
        return points.toString();
    }
}
