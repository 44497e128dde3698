package dev.verbatim.server;

import dev.verbatim.InvalidInputException;
import dev.verbatim.server.http.HttpServer;
import dev.verbatim.server.http.Limits;
import dev.verbatim.server.http.StartException;
import dev.verbatim.server.telemetry.Traces;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./verbatim serve}: the service, until it is told to end. */
@Command(
        name = "serve",
        description = {
            "Runs the service, with PostgreSQL and Redis of its own unless DATABASE_URL and REDIS_URL name others.",
            "Settings come from the environment and from a .env file in the working directory; README.md lists them."
        },
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ServerConfig config = Main.config(spec);
        Shutdown shutdown = Shutdown.atExit();
        try {
            String greeting = start(config, shutdown);
            System.out.print(greeting);
            System.out.flush();
        } catch (Exception | Error e) {
            // What fails because the process is being ended is no news.
            if (!shutdown.hasBegun()) {
                shutdown.run();
                throw e;
            }
        }
        // The process ends by a signal, whose hook ends what was started.
        new CountDownLatch(1).await();
        return 0;
    }

    private static String start(ServerConfig config, Shutdown shutdown) throws IOException {
        HttpServer.check(config.host(), config.port());
        makeDataDirectory(config.dataDirectory());
        AtomicBoolean served = new AtomicBoolean();
        shutdown.first(() -> {
            if (served.get()) {
                LOG.info("stopped");
            }
        });
        Traces traces = shutdown.open(() -> traces(config));
        Backend backend = shutdown.open(() -> Backend.open(config));
        AdminAccess admin = new AdminAccess(backend.accounts(), config.dataDirectory());
        admin.ensureKey(config.adminKey());
        Api api = new Api(config, backend.store(), backend.accounts(), traces);
        api.measure(backend.hybrid());
        HttpServer server = api.start(Limits.DEFAULT);
        shutdown.first(server);
        shutdown.first(() -> LOG.info("stopping"));
        served.set(true);
        LOG.info("listening on {}:{}", config.host(), server.port());
        return Greeting.text(
                Greeting.address(config.host(), server.port()),
                admin.newCode(),
                admin.file(),
                config.adminKey() != null);
    }

    private static Traces traces(ServerConfig config) {
        try {
            return Traces.of(config.telemetry());
        } catch (InvalidInputException e) {
            throw new SettingsException(String.valueOf(e.getMessage()));
        }
    }

    private static void makeDataDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
            if (!Files.isWritable(directory)) {
                throw new AccessDeniedException(directory.toString());
            }
        } catch (IOException e) {
            throw new StartException(
                    "cannot use the data directory " + directory + " ("
                            + e.getClass().getSimpleName()
                            + "); make it a directory that can be written, or set VERBATIM_DATA_DIR to another",
                    e);
        }
    }
}
