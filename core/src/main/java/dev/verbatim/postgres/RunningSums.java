package dev.verbatim.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.LongStream;

/** What came together before each time. Immutable. */
final class RunningSums {
    private final long[] times;
    private final long[] sums;

    private RunningSums(long[] times, long[] sums) {
        this.times = times;
        this.sums = sums;
    }

    /** @param rows a time, in any unit, and what came in it: ordered by time, each once */
    static RunningSums of(ResultSet rows) throws SQLException {
        LongStream.Builder times = LongStream.builder();
        LongStream.Builder sums = LongStream.builder();
        long sum = 0;
        while (rows.next()) {
            sum += rows.getLong(2);
            times.add(rows.getLong(1));
            sums.add(sum);
        }
        return new RunningSums(times.build().toArray(), sums.build().toArray());
    }

    /** What came in times below {@code time}. */
    long before(long time) {
        int at = Arrays.binarySearch(times, time);
        int count = at < 0 ? -at - 1 : at;
        return count == 0 ? 0 : sums[count - 1];
    }
}
