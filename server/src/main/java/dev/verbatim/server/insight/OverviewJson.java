package dev.verbatim.server.insight;

import dev.verbatim.insight.Overview;
import dev.verbatim.insight.Reads;
import dev.verbatim.insight.Recommendation;
import dev.verbatim.insight.Sums;
import dev.verbatim.insight.Tally;
import dev.verbatim.server.http.JsonOut;

/** An overview as the API says it. */
final class OverviewJson {
    private static final double MICROS = 1e3;

    private OverviewJson() {}

    /** @param cache whether to tell of the cache too, which all users' reads go through */
    static JsonOut of(Overview overview, boolean cache) {
        Tally tally = overview.queries();
        JsonOut out = new JsonOut()
                .member("queries", tally.queries())
                .member("users", tally.users().count())
                .member("conversations", tally.conversations().count())
                .raw("messages", String.valueOf(overview.messages()));
        out.object("tokens")
                .member("total", Math.round(tally.tokens().total()))
                .raw("avg", average(tally.tokens()))
                .end();
        responseTimes(out, tally);
        quality(out, tally);
        out.object("refinements").raw("avg", average(tally.refinements())).end();
        out.object("contexts").raw("avg", average(tally.contexts())).end();
        if (cache) {
            cache(out, overview.reads());
        } else {
            out.raw("cache", "null");
        }
        return out.member("from", overview.filter().from())
                .member("to", overview.filter().to())
                .end();
    }

    private static void responseTimes(JsonOut out, Tally tally) {
        out.object("response_time_ms").raw("avg", average(tally.totalTime()));
        for (int percent : new int[] {50, 95, 99}) {
            String value = tally.queries() == 0
                    ? "null"
                    : Long.toString(Math.round(tally.responseTimes().percentile(percent)));
            out.raw("p" + percent, value);
        }
        out.end();
    }

    private static void quality(JsonOut out, Tally tally) {
        out.object("retrieval_quality").raw("avg", average(tally.qualities())).object("by_recommendation");
        for (Recommendation recommendation : Recommendation.values()) {
            long count = tally.recommended(recommendation);
            out.object(recommendation.name())
                    .member("count", count)
                    .raw("share", number((double) count / tally.queries()))
                    .raw("avg", average(tally.qualities(recommendation)))
                    .end();
        }
        out.end().end();
    }

    private static void cache(JsonOut out, Reads reads) {
        long all = reads.hits() + reads.misses();
        out.object("cache")
                .member("hits", reads.hits())
                .member("misses", reads.misses())
                .raw("hit_rate", number((double) reads.hits() / all))
                .object("read_ms");
        for (int percent : new int[] {50, 95, 99}) {
            out.raw(
                    "p" + percent,
                    all == 0 ? "null" : number(Math.round(reads.micros().percentile(percent)) / MICROS));
        }
        out.end().end();
    }

    private static String average(Sums.Sum sum) {
        return number(sum.average());
    }

    /** Null for what is no number. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "null";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
