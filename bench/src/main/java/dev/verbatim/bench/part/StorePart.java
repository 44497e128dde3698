package dev.verbatim.bench.part;

import dev.verbatim.bench.Plan;
import dev.verbatim.bench.load.Measured;
import dev.verbatim.bench.load.Work;
import dev.verbatim.bench.process.ChildProcess;
import dev.verbatim.bench.process.Site;
import dev.verbatim.bench.process.StoreLoader;
import dev.verbatim.bench.report.Ratio;
import dev.verbatim.bench.report.Rounds;
import dev.verbatim.bench.report.Section;
import dev.verbatim.bench.report.Table;
import dev.verbatim.bench.report.Target;
import dev.verbatim.bench.rival.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reading, appending and listing as the store grows. */
final class StorePart implements Part {
    private static final String DATABASE = "bench_store";
    private static final String HIT = "read, hit";
    private static final String MISS = "read, miss";
    private static final String APPEND = "append";
    private static final String LIST = "a user's list, first page";
    private static final String FIRST = "a conversation's first page";

    /** So many conversations are read over and over. */
    private static final int READ_OFTEN = 500;

    private static final int MESSAGES = 10;

    private final Rounds found = new Rounds();

    @Override
    public String name() {
        return "store";
    }

    private static List<Integer> sizes(Plan plan) {
        return plan.full() ? List.of(1_000, 10_000, 100_000, 1_000_000) : List.of(1_000, 10_000);
    }

    @Override
    public Section run(Site site, Plan plan) {
        ChildProcess child = site.of(Kind.VERBATIM, DATABASE);
        child.tell("open");
        List<String> columns = new ArrayList<>(List.of("messages stored"));
        try (StoreLoader loader = new StoreLoader(site.databaseUrl(DATABASE), site.dialogues())) {
            for (int conversations : sizes(plan)) {
                loader.grow(conversations, MESSAGES);
                site.checkpoint();
                measure(child, plan, conversations);
                columns.add(Table.number((double) conversations * MESSAGES));
            }
        }
        child.tell("close");
        Table table = new Table(columns.toArray(String[]::new));
        found.names().forEach(name -> table.row(row(name, found.of(name))));
        return new Section("As the store grows", "One caller; p50 in µs.\n\n" + table, Map.of(), targets());
    }

    private void measure(ChildProcess child, Plan plan, int conversations) {
        long millis = plan.time().toMillis();
        child.tell("touch", "store", READ_OFTEN);
        closed(child, Work.Kind.READ, plan.warmUp().toMillis(), READ_OFTEN);
        keep(HIT, closed(child, Work.Kind.READ, millis, READ_OFTEN), 0);
        child.tell("store", conversations, plan.warmUp().toMillis());
        String[] words = child.tell("store", conversations, millis);
        keep(MISS, words, 0);
        keep(LIST, words, words.length / 3);
        keep(FIRST, words, 2 * words.length / 3);
        closed(child, Work.Kind.APPEND, plan.warmUp().toMillis(), conversations);
        keep(APPEND, closed(child, Work.Kind.APPEND, millis, conversations), 0);
    }

    private static String[] closed(ChildProcess child, Work.Kind what, long millis, int conversations) {
        return child.tell("closed", what, 1, millis, "store", conversations, 0);
    }

    private void keep(String name, String[] words, int from) {
        found.add(name, Measured.parse(words, from));
    }

    private static Object[] row(String name, List<Measured> sizes) {
        List<Object> cells = new ArrayList<>(List.of(name));
        sizes.forEach(measured -> cells.add(measured.p50()));
        return cells.toArray();
    }

    private List<Target> targets() {
        return List.of(target(HIT), target(MISS), target(APPEND));
    }

    private Target target(String name) {
        List<Measured> sizes = found.of(name);
        double ratio = sizes.getLast().p50() / sizes.getFirst().p50();
        return Target.atMost(name + " in the largest store: p50 to that at 10,000 messages", Ratio.of(ratio), 1.3);
    }
}
