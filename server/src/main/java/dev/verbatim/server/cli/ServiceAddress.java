package dev.verbatim.server.cli;

import dev.verbatim.server.Greeting;
import dev.verbatim.server.ServerConfig;
import dev.verbatim.server.importing.ImportStoppedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** Where the service of some settings is, as its neighbours on the same machine reach it. */
public final class ServiceAddress {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private ServiceAddress() {}

    /** The address to call; one that means every interface is called on this machine's own. */
    public static URI of(ServerConfig config) {
        return URI.create("http://" + Greeting.address(config.host(), config.port()));
    }

    /**
     * Whether a service runs there.
     *
     * @throws ImportStoppedException when something else does
     */
    static boolean isRunning(URI base) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/health/live"))
                .timeout(LIMIT)
                .build();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            http.shutdownNow();
            if (status == 200) {
                return true;
            }
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            throw somethingElse(base);
        } catch (InterruptedException e) {
            throw new ImportStoppedException("interrupted");
        }
        throw somethingElse(base);
    }

    private static ImportStoppedException somethingElse(URI base) {
        return new ImportStoppedException("something answers at " + base
                + " that is not Verbatim; set HOST and PORT to where your service is, or to an address nobody uses");
    }

    /**
     * The admin key of the service of {@code config}.
     *
     * @throws ImportStoppedException when it is not known here
     */
    static String adminKey(ServerConfig config) {
        if (config.adminKey() != null) {
            return config.adminKey();
        }
        Path file = config.dataDirectory().resolve("api-key");
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            throw new ImportStoppedException("a service runs at " + of(config) + " but its key is not in " + file
                    + "; set VERBATIM_ADMIN_KEY, or VERBATIM_DATA_DIR to the service's data directory");
        } catch (IOException e) {
            throw new ImportStoppedException("the service's key cannot be read from " + file
                    + "; run this as the service's user, or set VERBATIM_ADMIN_KEY");
        }
    }
}
