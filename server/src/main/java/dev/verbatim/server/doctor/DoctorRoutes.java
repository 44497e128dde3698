package dev.verbatim.server.doctor;

import dev.verbatim.HistoryStore;
import dev.verbatim.UnavailableException;
import dev.verbatim.postgres.TableReport;
import dev.verbatim.postgres.Upkeep;
import dev.verbatim.server.ServerAddresses;
import dev.verbatim.server.ServerConfig;
import dev.verbatim.server.http.Access;
import dev.verbatim.server.http.JsonOut;
import dev.verbatim.server.http.RequestContext;
import dev.verbatim.server.http.Routes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What admins ask when something is wrong. */
public final class DoctorRoutes {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ServerConfig config;
    private final Doctor doctor;

    private DoctorRoutes(ServerConfig config, HistoryStore store) {
        this.config = config;
        this.doctor = new Doctor(config, () -> Optional.of(store.check()));
    }

    /** Adds the routes. */
    public static void register(Routes routes, ServerConfig config, HistoryStore store) {
        DoctorRoutes handlers = new DoctorRoutes(config, store);
        routes.add("GET", "/api/admin/doctor", Access.ADMIN, handlers::examine)
                .add("GET", "/api/admin/tables", Access.ADMIN, handlers::tables, "limit");
    }

    private void examine(RequestContext request) {
        List<Finding> findings;
        try {
            findings = doctor.examine();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the service is being stopped", e);
        }
        JsonOut out = new JsonOut()
                .member("well", findings.stream().allMatch(Finding::well))
                .raw("findings", list(findings.stream().map(DoctorRoutes::json).toList()));
        request.json(200, out.end().bytes());
    }

    private static String json(Finding finding) {
        return new JsonOut()
                .member("question", finding.question())
                .member("well", finding.well())
                .member("found", finding.found())
                .member("meaning", finding.meaning())
                .member("remedy", finding.remedy().isEmpty() ? null : finding.remedy())
                .end()
                .text();
    }

    private void tables(RequestContext request) {
        String url = ServerAddresses.database(config)
                .orElseThrow(() -> new UnavailableException("this service has no PostgreSQL to ask", null));
        List<TableReport> tables =
                new Upkeep(url, PATIENCE).tables(request.query().limit());
        String data = list(tables.stream().map(DoctorRoutes::json).toList());
        request.json(200, new JsonOut().raw("data", data).end().bytes());
    }

    private static String json(TableReport table) {
        return new JsonOut()
                .member("name", table.name())
                .member("rows", table.rows())
                .member("bytes", table.bytes())
                .raw("newest", list(table.newest()))
                .end()
                .text();
    }

    private static String list(List<String> json) {
        return json.stream().collect(Collectors.joining(",", "[", "]"));
    }
}
