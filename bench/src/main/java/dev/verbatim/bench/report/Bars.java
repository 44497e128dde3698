package dev.verbatim.bench.report;

import java.util.Locale;
import java.util.Map;

/** A plot of bars that lie, on a logarithmic scale: the longest and the shortest are often a thousandfold apart. */
public final class Bars {
    private static final int WIDTH = 760;
    private static final int LABELS = 300;
    private static final int NUMBERS = 90;
    private static final int ROW = 26;
    private static final int TOP = 44;

    private Bars() {}

    /** An SVG picture; the first bar is Verbatim's and stands out. */
    public static String plot(String title, String unit, Map<String, Double> bars) {
        double most =
                bars.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
        double least =
                bars.values().stream().mapToDouble(Double::doubleValue).min().orElse(1);
        double from = Math.floor(Math.log10(Math.max(least, 1e-9) / 2));
        double scale = (WIDTH - LABELS - NUMBERS) / Math.max(0.1, Math.log10(most) - from);
        StringBuilder svg = new StringBuilder(Svg.begin(WIDTH, TOP + ROW * bars.size() + 12))
                .append(Svg.text(12, 24, "start", "title", title + " (" + unit + ", logarithmic)"));
        int y = TOP;
        for (Map.Entry<String, Double> bar : bars.entrySet()) {
            double length = Math.max(1, (Math.log10(Math.max(bar.getValue(), 1e-9)) - from) * scale);
            svg.append(Svg.text(LABELS - 8, y + 15, "end", "label", bar.getKey()))
                    .append(String.format(
                            Locale.ROOT,
                            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" class=\"%s\"/>%n",
                            LABELS,
                            y,
                            length,
                            ROW - 6,
                            y == TOP ? "ours" : "theirs"))
                    .append(Svg.text(LABELS + length + 6, y + 15, "start", "label", Table.number(bar.getValue())));
            y += ROW;
        }
        return svg.append("</svg>\n").toString();
    }
}
