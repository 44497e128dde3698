package dev.verbatim.bench.report;

import java.util.Locale;

/** A table in Markdown, row by row. */
public final class Table {
    private final StringBuilder text = new StringBuilder();

    /** With these columns; all but the first are set to the right. */
    public Table(String... columns) {
        row((Object[]) columns);
        text.append("|---|").append("---:|".repeat(columns.length - 1)).append('\n');
    }

    /** Adds a row; numbers are written with as many digits as they deserve. */
    public Table row(Object... cells) {
        text.append('|');
        for (Object cell : cells) {
            text.append(' ')
                    .append(cell instanceof Double number ? number(number) : cell)
                    .append(" |");
        }
        text.append('\n');
        return this;
    }

    /** Three digits or more, thousands divided. */
    public static String number(double number) {
        String format = number >= 100 ? "%,.0f" : number >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, number);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
