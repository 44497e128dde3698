package dev.verbatim.server.auth;

import dev.verbatim.server.http.ApiException;
import java.util.Locale;
import java.util.regex.Pattern;

/** What emails and passwords must be like. */
final class Emails {
    static final int LONGEST_PASSWORD = 1_000;
    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_EMAIL = 254;

    /** One @ with something on each side; whether it exists only a mail could tell. */
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}\\p{Cs}]+@[^@\\s\\p{Cntrl}\\p{Cs}]+");

    private Emails() {}

    /** Emails are compared in lower case. */
    static String normal(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    static String check(String email) {
        if (email.length() > LONGEST_EMAIL || !EMAIL.matcher(email).matches()) {
            throw ApiException.invalid("email", "email must be an address such as anna@example.org");
        }
        return normal(email);
    }

    static String checkPassword(String password) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
            throw ApiException.invalid(
                    "password", "password must have " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " characters");
        }
        return password;
    }
}
