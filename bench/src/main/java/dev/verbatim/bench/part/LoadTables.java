package dev.verbatim.bench.part;

import dev.verbatim.bench.load.Measured;
import dev.verbatim.bench.part.Loaded.Load;
import dev.verbatim.bench.report.Ratio;
import dev.verbatim.bench.report.Table;
import dev.verbatim.bench.rival.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@link Loaded} found, as tables and plots. */
final class LoadTables {
    private LoadTables() {}

    /** One row a rival; in brackets the least and the most of the rounds. */
    static String table(Loaded loaded, Load load, List<Kind> kinds) {
        Table table = new Table(
                "",
                "a second",
                "spread",
                "Verbatim is",
                "p50 µs",
                "p99 µs",
                "CPU µs each",
                "heap bytes each",
                "failed",
                "keeps");
        for (Kind kind : kinds) {
            if (loaded.has(kind, load)) {
                row(table, loaded, load, kind);
            }
        }
        return table.toString();
    }

    private static void row(Table table, Loaded loaded, Load load, Kind kind) {
        Ratio rate = Ratio.of(loaded.rounds(kind, load), Measured::perSecond);
        table.row(
                kind.title(),
                rate.median(),
                Table.number(rate.least()) + " to " + Table.number(rate.most()),
                Table.number(loaded.verbatimTo(kind, load).median()) + "x",
                loaded.median(kind, load, Measured::p50),
                loaded.median(kind, load, Measured::p99),
                loaded.median(kind, load, Measured::cpu),
                loaded.median(kind, load, Measured::allocated),
                loaded.rounds(kind, load).stream().mapToLong(Measured::failed).sum(),
                kind.keeps());
    }

    /** How much each does a second. */
    static Map<String, Double> bars(Loaded loaded, Load load, List<Kind> kinds) {
        Map<String, Double> bars = new LinkedHashMap<>();
        for (Kind kind : kinds) {
            if (loaded.has(kind, load)) {
                bars.put(kind.title(), loaded.median(kind, load, Measured::perSecond));
            }
        }
        return bars;
    }
}
