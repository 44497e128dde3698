package dev.verbatim.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.verbatim.server.ServerConfig;
import dev.verbatim.server.Settings;
import dev.verbatim.server.importing.ImportStoppedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceAddressTest {
    @TempDir
    private Path directory;

    private static ServerConfig config(String... namesAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return ServerConfig.of(Settings.of(values));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:9000",
        "0.0.0.0, http://127.0.0.1:9000",
        "::, http://127.0.0.1:9000",
        "::1, http://[::1]:9000",
        "db.example.org, http://db.example.org:9000"
    })
    void isWhereANeighbourReachesTheService(String host, String address) {
        assertThat(ServiceAddress.of(config("HOST", host, "PORT", "9000"))).isEqualTo(URI.create(address));
    }

    @Test
    void knowsAServiceFromNoneAndFromSomethingElse() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/health/live", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        URI base = URI.create("http://127.0.0.1:" + other.getAddress().getPort());
        other.start();

        assertThat(ServiceAddress.isRunning(base)).isTrue();
        other.removeContext("/health/live");
        assertThatThrownBy(() -> ServiceAddress.isRunning(base))
                .isInstanceOf(ImportStoppedException.class)
                .hasMessageContaining("that is not Verbatim; set HOST and PORT");
        other.stop(0);
        assertThat(ServiceAddress.isRunning(base)).isFalse();
    }

    @Test
    void takesTheKeyOfTheSettingsElseThatOfTheDataDirectory() throws IOException {
        String key = "k".repeat(32);
        Files.writeString(directory.resolve("api-key"), "from-the-file\n");

        assertThat(ServiceAddress.adminKey(config("VERBATIM_DATA_DIR", directory.toString())))
                .isEqualTo("from-the-file");
        assertThat(ServiceAddress.adminKey(
                        config("VERBATIM_DATA_DIR", directory.toString(), "VERBATIM_ADMIN_KEY", key)))
                .isEqualTo(key);
    }

    @Test
    void saysWhatToDoWhenTheKeyIsNotKnown() {
        assertThatThrownBy(() -> ServiceAddress.adminKey(config("VERBATIM_DATA_DIR", directory.toString())))
                .isInstanceOf(ImportStoppedException.class)
                .hasMessageContaining("set VERBATIM_ADMIN_KEY, or VERBATIM_DATA_DIR");
    }
}
