package dev.verbatim;

/** The rule for every name that an application may bring: ids, owners, roles. A character is a code point. */
final class Names {
    private static final int LONGEST = 255;

    private Names() {}

    /** Returns {@code value} when it is fit to be a name, else says what is wrong with parameter {@code param}. */
    static String check(String param, String value) {
        if (value.isEmpty() || value.codePointCount(0, value.length()) > LONGEST) {
            throw new InvalidInputException(param, param + " must have 1 to " + LONGEST + " characters");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c)) {
                throw new InvalidInputException(param, param + " must not contain control characters");
            }
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new InvalidInputException(param, param + " must not contain half a surrogate pair");
            }
        }
        return value;
    }

    /** As {@link #check}, for ids, which also stand in a URL's path: {@code .} and {@code ..} would be lost there. */
    static String checkId(String param, String value) {
        check(param, value);
        if (value.equals(".") || value.equals("..")) {
            throw new InvalidInputException(param, param + " must not be \".\" or \"..\"");
        }
        return value;
    }
}
