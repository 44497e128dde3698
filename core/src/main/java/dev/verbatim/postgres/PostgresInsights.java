package dev.verbatim.postgres;

import dev.verbatim.HistoryConfig;
import dev.verbatim.Page;
import dev.verbatim.insight.Answered;
import dev.verbatim.insight.AnsweredQuery;
import dev.verbatim.insight.InsightFilter;
import dev.verbatim.insight.Insights;
import dev.verbatim.insight.Metric;
import dev.verbatim.insight.Overview;
import dev.verbatim.insight.Period;
import dev.verbatim.insight.Point;
import dev.verbatim.insight.ReadCounter;
import java.util.List;

/** Query logs in PostgreSQL, and what they tell. To be closed before the connections are. Thread-safe. */
public final class PostgresInsights implements Insights, AutoCloseable {
    /** What a transaction here waits for while another one holds it. */
    static final String HELD = "the query logs are";

    private final Database database;
    private final ReadBulkhead bulkhead;
    private final MessageCounts messages = new MessageCounts();
    private final ReadCounter counter = new ReadCounter();
    private final AnsweredWriter writer;
    private final RollupKeeper keeper;

    PostgresInsights(Database database, Transactions transactions, ReadBulkhead bulkhead, HistoryConfig config) {
        this.database = database;
        this.bulkhead = bulkhead;
        Transactions ours = transactions.holding(HELD);
        QueryLogMonths months = new QueryLogMonths(database, ours);
        this.writer = new AnsweredWriter(new AnsweredBatch(ours, months, config.lockTimeout()));
        this.keeper = new RollupKeeper(database, months, counter);
    }

    @Override
    public boolean take(Answered log) {
        return writer.take(log);
    }

    @Override
    public void store(List<Answered> logs) {
        writer.store(logs);
    }

    @Override
    public long dropped() {
        return writer.dropped();
    }

    @Override
    public Page<Answered> list(AnsweredQuery query) {
        return bulkhead.run(() -> AnsweredReads.list(database, query));
    }

    @Override
    public Overview overview(InsightFilter filter) {
        InsightFilter whole = filter.wholeHours();
        return bulkhead.run(
                () -> InsightView.of(database, connection -> OverviewReads.read(connection, whole, messages)));
    }

    @Override
    public List<Point> series(InsightFilter filter, Metric metric, Period period) {
        return bulkhead.run(
                () -> InsightView.of(database, connection -> SeriesReads.read(connection, filter, metric, period)));
    }

    @Override
    public ReadCounter reads() {
        return counter;
    }

    @Override
    public void keepDays(int days) {
        keeper.keepDays(days);
    }

    /** Adds all that is stored to the roll-ups, as is done by itself every few seconds. */
    void rollUp() {
        while (RollupPass.run(database)) {
            // Until nothing is left.
        }
    }

    @Override
    public void close() {
        writer.close();
        keeper.close();
    }
}
