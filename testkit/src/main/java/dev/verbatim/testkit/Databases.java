package dev.verbatim.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** Makes databases on a server. */
final class Databases {
    private Databases() {}

    /** Makes a new database beside the one of {@code adminUrl} and gives its URL. */
    static String create(String adminUrl) {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(adminUrl);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8'");
        } catch (SQLException e) {
            throw new IllegalStateException("no test database on " + adminUrl, e);
        }
        int path = adminUrl.lastIndexOf('/');
        int query = adminUrl.indexOf('?');
        return adminUrl.substring(0, path + 1) + name + (query < 0 ? "" : adminUrl.substring(query));
    }
}
