package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseUrlTest {
    @Test
    void nameAndPasswordLeaveTheUrl() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://me:p%40ss+w%2Frd@db.example:6432/app?sslmode=require");

        assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db.example:6432/app?sslmode=require");
        assertThat(url.login()).isEqualTo(Map.of("user", "me", "password", "p@ss+w/rd"));
        assertThat(url.shown()).isEqualTo("db.example:6432/app");
        assertThat(url.sets("sslmode")).isTrue();
        assertThat(url.sets("mode")).isFalse();
    }

    @Test
    void severalHostsAreKept() {
        DatabaseUrl url = DatabaseUrl.parse("jdbc:postgresql://a:1,b:2/app");

        assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://a:1,b:2/app");
        assertThat(url.hosts()).isEqualTo("a:1,b:2");
        assertThat(url.login()).isEmpty();
    }

    @Test
    void whatPsqlTakesIsTaken() {
        assertThat(DatabaseUrl.parse("postgres://me@h/db?connect_timeout=3&application_name=x")
                        .jdbc())
                .isEqualTo("jdbc:postgresql://h/db?connectTimeout=3&ApplicationName=x");
        assertThat(DatabaseUrl.parse("postgresql://h,i/db?target_session_attrs=read-write")
                        .jdbc())
                .isEqualTo("jdbc:postgresql://h,i/db?targetServerType=primary");
        assertThat(DatabaseUrl.parse("postgresql:///db").jdbc()).isEqualTo("jdbc:postgresql://localhost/db");
    }
}
