package dev.verbatim.bench.report;

import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;

/** A plot of lines over a growing size, both axes logarithmic. */
public final class Lines {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 380;
    private static final int LEFT = 70;
    private static final int RIGHT = 230;
    private static final int TOP = 44;
    private static final int BOTTOM = 40;

    private final double fromX;
    private final double toX;
    private final double fromY;
    private final double toY;

    private Lines(Map<String, ? extends NavigableMap<Integer, Double>> lines) {
        double[] sizes = lines.values().stream()
                .flatMap(line -> line.keySet().stream())
                .mapToDouble(size -> Math.log10(size))
                .toArray();
        double[] values = lines.values().stream()
                .flatMap(line -> line.values().stream())
                .mapToDouble(Math::log10)
                .toArray();
        Ratio x = Ratio.of(sizes);
        Ratio y = Ratio.of(values);
        fromX = x.least();
        toX = Math.max(x.most(), fromX + 1);
        fromY = Math.floor(y.least());
        toY = Math.max(Math.ceil(y.most()), fromY + 1);
    }

    /** An SVG picture; the first line is Verbatim's and stands out. */
    public static String plot(String title, String unit, Map<String, ? extends NavigableMap<Integer, Double>> lines) {
        return new Lines(lines).draw(title + " (" + unit + ", logarithmic)", lines);
    }

    private String draw(String title, Map<String, ? extends NavigableMap<Integer, Double>> lines) {
        StringBuilder svg =
                new StringBuilder(Svg.begin(WIDTH, HEIGHT)).append(Svg.text(12, 24, "start", "title", title));
        for (double y = fromY; y <= toY; y++) {
            svg.append(axis(LEFT, y(y), WIDTH - RIGHT, y(y)))
                    .append(Svg.text(LEFT - 8, y(y) + 4, "end", "label", Table.number(Math.pow(10, y))));
        }
        for (double x = Math.ceil(fromX); x <= toX; x++) {
            svg.append(Svg.text(x(x), HEIGHT - BOTTOM + 22, "middle", "label", Table.number(Math.pow(10, x))));
        }
        String style = "ours";
        for (Map.Entry<String, ? extends NavigableMap<Integer, Double>> line : lines.entrySet()) {
            svg.append(line(line.getKey(), line.getValue(), style));
            style = "theirs";
        }
        return svg.append("</svg>\n").toString();
    }

    private String line(String name, NavigableMap<Integer, Double> line, String style) {
        StringBuilder points = new StringBuilder();
        line.forEach((size, value) ->
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(Math.log10(size)), y(Math.log10(value)))));
        return "<polyline class=\"" + style + "\" points=\"" + points.toString().strip() + "\"/>\n"
                + Svg.text(WIDTH - RIGHT + 8, y(Math.log10(line.lastEntry().getValue())) + 4, "start", "label", name);
    }

    private double x(double log) {
        return LEFT + (log - fromX) / (toX - fromX) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double log) {
        return HEIGHT - BOTTOM - (log - fromY) / (toY - fromY) * (HEIGHT - TOP - BOTTOM);
    }

    private static String axis(double x1, double y1, double x2, double y2) {
        return String.format(
                Locale.ROOT,
                "<line class=\"axis\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                x1,
                y1,
                x2,
                y2);
    }
}
