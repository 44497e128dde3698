package dev.verbatim;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** Says what is wrong with a piece of JSON to who sent it: where, and what, without the words of the parser's insides. */
public final class JsonFaults {
    private static final Pattern QUOTED = Pattern.compile("\"(.*)\"", Pattern.DOTALL);

    private JsonFaults() {}

    /** One line; a byte's number counts from 0, at the beginning of what was parsed. */
    public static String say(JacksonException fault) {
        if (fault instanceof StreamConstraintsException) {
            return limit(fault.getOriginalMessage());
        }
        TokenStreamLocation location = fault.getLocation();
        String at = location == null || location.getByteOffset() < 0 ? "" : " at byte " + location.getByteOffset();
        return "not valid JSON" + at + ": " + what(fault);
    }

    private static String what(JacksonException fault) {
        if (fault instanceof UnexpectedEndOfInputException) {
            return "it ends too early";
        }
        String message = fault.getOriginalMessage().replaceAll("\\s+", " ");
        if (message.startsWith("Duplicate")) {
            Matcher name = QUOTED.matcher(message);
            return name.find() ? "member " + name.group() + " is there twice" : "a member is there twice";
        }
        // Behind the colon stand the parser's settings and what else it would have taken.
        int colon = message.indexOf(": ");
        String head = colon < 0 ? message : message.substring(0, colon);
        return head.substring(0, 1).toLowerCase(Locale.ROOT) + head.substring(1);
    }

    private static String limit(String message) {
        if (message.contains("nesting")) {
            return "nested more than " + Json.DEEPEST + " levels deep";
        }
        if (message.contains("Number")) {
            return "a number is longer than " + Json.LONGEST_NUMBER + " characters";
        }
        return "a member's name or a string is too long";
    }
}
