package dev.verbatim.search;

import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;

/**
 * The part of a text where it answers a query, as HTML that can be put into a page: all is escaped, and the only tag in it is
 * {@code <mark>}. Cut between characters as readers see them.
 */
final class Snippet {
    private static final int LONGEST = 200;
    private static final int BEFORE = 50;

    /** No character as readers see it has to be looked at further than this. */
    private static final int AROUND = 64;

    private Snippet() {}

    static String of(String text, Match match) {
        List<Match.Place> places = match.places();
        int begin = places.isEmpty() ? 0 : begin(text, places);
        int end = back(text, forward(text, begin, LONGEST));
        StringBuilder out = new StringBuilder(begin > 0 ? "…" : "");
        int at = begin;
        for (Match.Place place : places) {
            int from = Math.max(at, Math.min(place.start(), end));
            int to = Math.min(place.end(), end);
            if (from < to) {
                escape(text, at, from, out);
                out.append("<mark>");
                escape(text, from, to, out);
                out.append("</mark>");
                at = to;
            }
        }
        escape(text, at, end, out);
        return out.append(end < text.length() ? "…" : "").toString();
    }

    /** A little before the place from which on most others follow closely. */
    private static int begin(String text, List<Match.Place> places) {
        int best = 0;
        int most = 0;
        int behind = 0;
        for (int i = 0; i < places.size(); i++) {
            int reach = places.get(i).start() + LONGEST - BEFORE;
            while (behind < places.size() && places.get(behind).end() <= reach) {
                behind++;
            }
            if (behind - i > most) {
                most = behind - i;
                best = i;
            }
        }
        int start = places.get(best).start();
        int before = text.codePointCount(0, start);
        return back(text, before <= BEFORE ? 0 : text.offsetByCodePoints(start, -BEFORE));
    }

    private static int forward(String text, int from, int characters) {
        int at = from;
        for (int i = 0; i < characters && at < text.length(); i++) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    /** The next boundary of a character at or before {@code at}, if there is one near. */
    private static int back(String text, int at) {
        if (at == 0 || at >= text.length()) {
            return at;
        }
        int from = Math.max(0, at - AROUND);
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text.substring(from, Math.min(text.length(), at + AROUND)));
        int boundary = characters.isBoundary(at - from) ? at - from : characters.preceding(at - from);
        return boundary <= 0 ? at : from + boundary;
    }

    private static void escape(String text, int from, int to, StringBuilder out) {
        int at = from;
        while (at < to) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(shown(c));
            }
        }
    }

    private static int shown(int c) {
        boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return half ? 0xFFFD : Character.isISOControl(c) ? ' ' : c;
    }
}
