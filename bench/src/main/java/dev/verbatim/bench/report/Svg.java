package dev.verbatim.bench.report;

import java.util.Locale;

/** What plots are made of. */
final class Svg {
    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, sans-serif; fill: #24292f; }
              .title { font-weight: 600; }
              .ours { fill: #0b6e4f; stroke: #0b6e4f; }
              .theirs { fill: #9aa5b1; stroke: #9aa5b1; }
              polyline { fill: none !important; stroke-width: 2; }
              .axis { stroke: #d0d7de; }
            </style>
            """;

    private Svg() {}

    static String begin(int width, int height) {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n",
                        width,
                        height)
                + STYLE
                + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
    }

    static String text(double x, double y, String anchor, String style, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                style,
                escaped);
    }
}
