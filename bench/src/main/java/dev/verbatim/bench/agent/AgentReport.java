package dev.verbatim.bench.agent;

import dev.verbatim.bench.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What came out, as Markdown. */
final class AgentReport {
    private static final double RECALL = 0.9;
    private static final double RIGHT = 0.85;

    private final List<Answered> all;

    AgentReport(List<Answered> all) {
        this.all = List.copyOf(all);
    }

    String text() {
        Table table = new Table(
                "questions",
                "asked",
                "recall@5",
                "ANSWER",
                "CLARIFY",
                "EXTERNAL",
                "right",
                "mean quality",
                "median ms");
        for (String kind :
                all.stream().map(one -> one.asked().kind()).distinct().toList()) {
            row(
                    table,
                    kind + ", answer in the history",
                    one -> one.asked().kind().equals(kind) && has(one));
            row(table, kind + ", none there", one -> one.asked().kind().equals(kind) && !has(one));
        }
        row(table, "all with an answer", AgentReport::has);
        row(table, "all without", one -> !has(one));
        row(table, "all", one -> true);
        return table + "\n"
                + String.format(
                        Locale.ROOT,
                        "recall@5: %.3f of the %d questions with an answer; right recommendations: %.3f of all %d%n",
                        recall(),
                        of(AgentReport::has).size(),
                        share(all, Answered::right),
                        all.size());
    }

    /** Whether it is as good as is promised. */
    boolean isGood() {
        return recall() >= RECALL && share(all, Answered::right) >= RIGHT;
    }

    private double recall() {
        return share(of(AgentReport::has), Answered::found);
    }

    /** The questions that were not dealt with as they should, a line each. */
    String wrong() {
        StringBuilder text = new StringBuilder();
        for (Answered one : all) {
            if (!one.right() || (has(one) && !one.found())) {
                text.append(String.format(
                        Locale.ROOT,
                        "%s %.3f %s: %s%n",
                        one.recommendation(),
                        one.quality(),
                        one.asked().conversationId(),
                        one.asked().text()));
            }
        }
        return text.toString();
    }

    private void row(Table table, String name, Predicate<Answered> which) {
        List<Answered> some = of(which);
        List<Answered> answerable = new ArrayList<>(some);
        answerable.removeIf(one -> !has(one));
        table.row(
                name,
                Integer.toString(some.size()),
                answerable.isEmpty() ? "" : share(answerable, Answered::found),
                share(some, one -> one.recommendation().equals("ANSWER")),
                share(some, one -> one.recommendation().equals("CLARIFY")),
                share(some, one -> one.recommendation().equals("EXTERNAL")),
                share(some, Answered::right),
                some.stream().mapToDouble(Answered::quality).average().orElse(0),
                some.stream()
                        .mapToDouble(Answered::millis)
                        .sorted()
                        .skip(some.size() / 2)
                        .findFirst()
                        .orElse(0));
    }

    private List<Answered> of(Predicate<Answered> which) {
        return all.stream().filter(which).toList();
    }

    private static boolean has(Answered one) {
        return one.asked().conversationId() != null;
    }

    private static double share(List<Answered> of, Predicate<Answered> which) {
        return of.isEmpty() ? 0 : (double) of.stream().filter(which).count() / of.size();
    }
}
