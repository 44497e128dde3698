package dev.verbatim.postgres;

import dev.verbatim.InvalidInputException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A database URL as people write it, made into what the driver takes. Names and passwords leave the URL, so that nothing
 * that shows a URL can show them.
 *
 * @param jdbc what the driver takes
 * @param login user and password, as far as the URL had them before its hosts
 * @param hosts one host or several, with ports, separated by commas
 * @param shown hosts and database: what messages may say
 */
record DatabaseUrl(String jdbc, Properties login, String hosts, String shown) {
    private static final String PARAM = "databaseUrl";

    /** Reads {@code postgresql://}, {@code postgres://} or {@code jdbc:postgresql://}. */
    static DatabaseUrl parse(String url) {
        String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        int scheme = plain.indexOf("://");
        if (scheme < 0 || !(plain.startsWith("postgresql://") || plain.startsWith("postgres://"))) {
            throw new InvalidInputException(
                    PARAM, "the database URL must look like postgresql://user:password@host:5432/database");
        }
        String rest = plain.substring(scheme + "://".length());
        int query = rest.indexOf('?');
        String beforeQuery = query < 0 ? rest : rest.substring(0, query);
        int at = beforeQuery.lastIndexOf('@');
        String place = beforeQuery.substring(at + 1);
        int slash = place.indexOf('/');
        String hosts = slash < 0 ? place : place.substring(0, slash);
        String database = slash < 0 ? "" : place.substring(slash + 1);
        String parameters = query < 0 ? "" : parameters(rest.substring(query + 1));
        String jdbc = "jdbc:postgresql://" + (hosts.isEmpty() ? "localhost" : hosts) + "/" + database + parameters;
        if (!isRead(jdbc)) {
            throw new InvalidInputException(
                    PARAM,
                    "the database URL has a host, port or parameter that cannot be read; it must look like"
                            + " postgresql://user:password@host:5432/database");
        }
        return new DatabaseUrl(jdbc, login(at < 0 ? null : beforeQuery.substring(0, at)), hosts, place);
    }

    /** What the driver takes for each of the hosts alone. */
    List<String> each() {
        String end = jdbc.substring(jdbc.indexOf('/', "jdbc:postgresql://".length()));
        return Stream.of(hosts.split(",", -1))
                .map(host -> "jdbc:postgresql://" + host + end)
                .toList();
    }

    /** Whether {@code parameter} is set in the URL. */
    boolean sets(String parameter) {
        return jdbc.contains("?" + parameter + "=") || jdbc.contains("&" + parameter + "=");
    }

    private static boolean isRead(String jdbc) {
        try {
            return DriverManager.getDriver(jdbc).acceptsURL(jdbc);
        } catch (SQLException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Properties login(@Nullable String userInfo) {
        Properties login = new Properties();
        if (userInfo != null) {
            int colon = userInfo.indexOf(':');
            login.setProperty("user", decode(colon < 0 ? userInfo : userInfo.substring(0, colon)));
            if (colon >= 0) {
                login.setProperty("password", decode(userInfo.substring(colon + 1)));
            }
        }
        return login;
    }

    private static String decode(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(PARAM, "user and password in the database URL must be percent-encoded");
        }
    }

    /** libpq's names for what the driver calls otherwise. */
    private static String parameters(String query) {
        return query.isEmpty()
                ? ""
                : Stream.of(query.split("&")).map(DatabaseUrl::parameter).collect(Collectors.joining("&", "?", ""));
    }

    private static String parameter(String pair) {
        int equals = pair.indexOf('=');
        String value = pair.substring(equals + 1);
        return switch (equals < 0 ? pair : pair.substring(0, equals)) {
            case "connect_timeout" -> "connectTimeout=" + value;
            case "application_name" -> "ApplicationName=" + value;
            case "target_session_attrs" ->
                "targetServerType=" + (value.equals("read-write") || value.equals("primary") ? "primary" : "any");
            default -> pair;
        };
    }
}
