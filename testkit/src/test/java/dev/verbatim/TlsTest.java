package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.Window.Source;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.LogLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The store over TLS to both servers: who they are is checked, and what is wrong is said in one line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsTest {
    private static final String HERE = "ip:127.0.0.1";
    private static final String ELSEWHERE = "dns:elsewhere.example";

    @TempDir
    private static Path directory;

    private Certificates ours;
    private Certificates foreign;
    private List<String> here;
    private List<String> elsewhere;
    private TlsServers servers;

    @BeforeAll
    void make() throws Exception {
        ours = Certificates.in(directory.resolve("ours"));
        foreign = Certificates.in(directory.resolve("foreign"));
        here = ours.sign(HERE);
        elsewhere = ours.sign(ELSEWHERE);
        servers = new TlsServers(directory);
    }

    @AfterAll
    void close() throws Exception {
        servers.close();
    }

    @Test
    void theStoreWorksOverTlsToBoth() throws Exception {
        servers.show(here);
        Await.until(() -> refusalByPostgres(ours).isEmpty());
        HistoryConfig config = HistoryConfig.of(servers.database(verified(ours)), servers.redis(ca(ours)))
                .withRedisTimeout(Duration.ofSeconds(10));
        try (HybridHistoryStore store = HybridHistoryStore.open(config)) {
            Owner owner = Owner.named("somebody");
            store.append(owner, "c", List.of(NewMessage.of("user", "a")), AppendOptions.CREATE);
            Await.until(() -> store.read(owner, "c", Slice.newest(5)).source() == Source.HIT);
            assertThat(store.read(owner, "c", Slice.newest(5)).messages()).hasSize(1);
            servers.sql(
                    "DO $$BEGIN ASSERT (SELECT bool_and(s.ssl) FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)"
                            + " WHERE a.datname = current_database() AND a.application_name = 'verbatim'); END$$");
        }
    }

    @Test
    void aPostgresOfAnotherCaIsRefused() throws Exception {
        servers.show(here);
        Await.until(() -> refusalByPostgres(foreign).contains("no CA that is trusted signed its certificate"));
        assertThat(refusalByPostgres(foreign))
                .contains("127.0.0.1", "sslrootcert=FILE")
                .doesNotContain("\n");
    }

    @Test
    void aPostgresOfAnotherNameIsRefused() throws Exception {
        servers.show(elsewhere);
        Await.until(() -> refusalByPostgres(ours).contains("certificate is for another host name"));
        assertThat(refusalByPostgres(ours)).contains("127.0.0.1").doesNotContain("\n");
    }

    @Test
    void aPostgresWhoseCaIsNotNamedIsRefused() throws Exception {
        servers.show(here);
        String nowhere = directory.resolve("nowhere.pem").toString();
        String url = servers.database("sslmode=verify-full&sslrootcert=" + nowhere);
        Await.until(() -> refusal(url).contains(nowhere));
        assertThat(refusal(url)).contains("name the file of the CA").doesNotContain("\n");
    }

    @Test
    void aRedisOfAnotherCaIsNotUsed() throws Exception {
        servers.show(here);
        assertThat(whyNotUsed(servers.redis(ca(foreign)))).contains("no CA that is trusted", "?sslrootcert=FILE");
        assertThat(whyNotUsed(servers.redis(""))).contains("no CA that is trusted");
    }

    @Test
    void aRedisOfAnotherNameIsNotUsed() throws Exception {
        servers.show(elsewhere);
        assertThat(whyNotUsed(servers.redis(ca(ours)))).contains("name the host in the URL as its certificate does");
    }

    @Test
    void aFileThatHoldsNoCaIsRefused() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "no certificate\n");
        for (Path file : List.of(empty, directory.resolve("missing.pem"))) {
            assertThatThrownBy(
                            () -> open(servers.plainRedis().replace("redis://", "rediss://") + "?sslrootcert=" + file))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(file + ", which cannot be read or holds no certificate");
        }
        assertThatThrownBy(() -> open("redis://127.0.0.1?sslrootcert=" + ours.ca()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("rediss://");
    }

    private void open(String redis) {
        HybridHistoryStore.open(HistoryConfig.of(servers.database("sslmode=disable"), redis))
                .close();
    }

    private static String verified(Certificates by) {
        return "sslmode=verify-full&sslrootcert=" + by.ca();
    }

    private static String ca(Certificates by) {
        return "?sslrootcert=" + by.ca();
    }

    private String refusalByPostgres(Certificates by) {
        return refusal(servers.database(verified(by)));
    }

    private String refusal(String database) {
        try {
            HybridHistoryStore.open(HistoryConfig.of(database, servers.plainRedis()))
                    .close();
            return "";
        } catch (InvalidInputException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The store opens all the same. */
    private String whyNotUsed(String redis) {
        try (LogLines log = new LogLines("dev.verbatim.redis");
                HybridHistoryStore store =
                        HybridHistoryStore.open(HistoryConfig.of(servers.database("sslmode=disable"), redis))) {
            assertThat(store.check().log()).isTrue();
            assertThat(store.check().cache()).isFalse();
            return log.with("Redis cannot be reached; going on without it").stream()
                    .findFirst()
                    .orElse("");
        }
    }
}
