package dev.verbatim.bench.part;

import dev.verbatim.bench.Plan;
import dev.verbatim.bench.load.Measured;
import dev.verbatim.bench.load.Work;
import dev.verbatim.bench.process.ChildProcess;
import dev.verbatim.bench.process.Service;
import dev.verbatim.bench.process.Site;
import dev.verbatim.bench.report.Ratio;
import dev.verbatim.bench.report.Rounds;
import dev.verbatim.bench.report.Section;
import dev.verbatim.bench.report.Table;
import dev.verbatim.bench.report.Target;
import dev.verbatim.bench.rival.Kind;
import dev.verbatim.bench.rival.Rival;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The service over HTTP, beside the same server that answers from memory. */
final class HttpPart implements Part {
    private static final int CONNECTIONS = 64;
    private static final int OPEN_RATE = 3_000;
    private static final String READ = "read of 20, hit";
    private static final String BARE = "the limit: the same bytes from memory";
    private static final String APPEND = "append";
    private static final String LIBRARY = "append, library";
    private static final String HITS = "80 % of reads hits: the hits";
    private static final String MISSES = "80 % of reads hits: the misses";
    private static final String OPEN_READ = OPEN_RATE + " a second, of 6 five reads: the reads";
    private static final String OPEN_APPEND = OPEN_RATE + " a second, of 6 one append: the appends";

    /** Conversations nobody has read, for a second's misses. */
    private static final int COLD_A_SECOND = 2_500;

    private final Rounds found = new Rounds();

    @Override
    public String name() {
        return "http";
    }

    @Override
    public Section run(Site site, Plan plan) {
        ChildProcess library = site.of(Kind.VERBATIM);
        int cold = (int) (COLD_A_SECOND * plan.time().toSeconds()) * plan.rounds();
        library.tell("open");
        library.tell("fill", "read", plan.conversations(), Rival.WINDOW, 0);
        library.tell("fill", "cold", cold, Rival.WINDOW, 0);
        library.tell("touch", "read", plan.conversations());
        library.tell("close");
        try (Service service = site.service();
                Service bare = site.bareServer(service, plan.conversations())) {
            begin(site, plan, service, bare);
            for (int round = 0; round < plan.rounds(); round++) {
                round(site, plan, service, bare, round * cold / plan.rounds(), (round + 1) * cold / plan.rounds());
            }
        }
        return new Section("HTTP, 64 connections", text(), Map.of(), targets());
    }

    private static void begin(Site site, Plan plan, Service service, Service bare) {
        long millis = plan.begin().toMillis();
        ask(site, plan, bare, "read", millis, 0, 0, 0);
        ask(site, plan, service, "read", millis, 0, 0, 0);
        ask(site, plan, service, "append", millis, 0, 0, 0);
    }

    private void round(Site site, Plan plan, Service service, Service bare, int coldFrom, int coldTo) {
        long warmUp = plan.warmUp().toMillis();
        long time = plan.time().toMillis();
        ask(site, plan, bare, "read", warmUp, 0, 0, 0);
        keep(ask(site, plan, bare, "read", time, 0, 0, 0), BARE);
        ask(site, plan, service, "read", warmUp, 0, 0, 0);
        keep(ask(site, plan, service, "read", time, 0, 0, 0), READ);
        ask(site, plan, service, "append", warmUp, 0, 0, 0);
        site.checkpoint();
        keep(ask(site, plan, service, "append", time, 0, 0, 0), APPEND);
        ChildProcess library = site.of(Kind.VERBATIM);
        library.tell("open");
        libraryAppends(library, plan, warmUp);
        site.checkpoint();
        keep(libraryAppends(library, plan, time), LIBRARY);
        library.tell("close");
        keep(ask(site, plan, service, "mixed", time, 0, coldFrom, coldTo), HITS, MISSES);
        keep(ask(site, plan, service, "both", time, OPEN_RATE, 0, 0), OPEN_READ, OPEN_APPEND);
    }

    private static String[] libraryAppends(ChildProcess library, Plan plan, long millis) {
        return library.tell("closed", Work.Kind.APPEND, CONNECTIONS, millis, "read", plan.conversations(), 1);
    }

    private static String[] ask(
            Site site, Plan plan, Service service, String what, long millis, int rate, int coldFrom, int coldTo) {
        return site.httpClient()
                .tell(
                        what,
                        service.port(),
                        service.key(),
                        CONNECTIONS,
                        millis,
                        rate,
                        plan.conversations(),
                        coldFrom,
                        coldTo);
    }

    private void keep(String[] words, String... names) {
        for (int i = 0; i < names.length; i++) {
            found.add(names[i], Measured.parse(words, i * words.length / names.length));
        }
    }

    private String text() {
        Table table = new Table("", "a second", "p50 µs", "p99 µs", "p99.9 µs", "failed");
        found.names()
                .forEach(name -> table.row(
                        name,
                        found.median(name, Measured::perSecond),
                        found.median(name, Measured::p50),
                        found.median(name, Measured::p99),
                        found.median(name, Measured::p999),
                        found.failed(name)));
        return "Client, server, PostgreSQL and Redis share the processors.\n\n" + table;
    }

    private List<Target> targets() {
        Ratio mixed = Ratio.of(IntStream.range(0, found.of(HITS).size())
                .mapToDouble(i -> found.of(HITS).get(i).perSecond()
                        + found.of(MISSES).get(i).perSecond())
                .toArray());
        return List.of(
                Target.atLeast(
                        "HTTP read of 20, 64 connections: to the same server answering from memory",
                        found.ratio(READ, BARE, Measured::perSecond),
                        0.5),
                Target.atLeast(
                        "HTTP read of 20, 64 connections: a second, where memory gives 50,000 (else in proportion)",
                        scaled(),
                        25_000),
                Target.atLeast(
                        "HTTP append, 64 connections: to library append",
                        found.ratio(APPEND, LIBRARY, Measured::perSecond),
                        0.6),
                Target.atLeast("HTTP, 80 % of reads hits, 64 connections: a second", mixed, 5_000),
                Target.atMost(
                        "HTTP, 80 % of reads hits: p50 of a miss, in ms",
                        Ratio.of(found.of(MISSES), measured -> measured.p50() / 1e3), 10));
    }

    /** What a machine would give whose bare server gives 50,000, by what this one gives. */
    private Ratio scaled() {
        double full = 50_000;
        Ratio ratio = found.ratio(READ, BARE, Measured::perSecond);
        return new Ratio(ratio.median() * full, ratio.least() * full, ratio.most() * full);
    }
}
