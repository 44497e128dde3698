package dev.verbatim.insight;

import java.nio.ByteBuffer;

/** What of queries can be added up. Not thread-safe. */
public final class Sums {
    private static final int KINDS = Recommendation.values().length;

    /** The sum of what some queries have, and how many have it. */
    public static final class Sum {
        private long count;
        private double total;

        void add(double value) {
            count++;
            total += value;
        }

        /** How many have it. */
        public long count() {
            return count;
        }

        /** All of it together. */
        public double total() {
            return total;
        }

        /** What one has in the middle; NaN when none has it. */
        public double average() {
            return total / count;
        }
    }

    final Sum responseTimes = new Sum();
    final Sum tokens = new Sum();
    final Sum qualities = new Sum();
    final Sum refinements = new Sum();
    final Sum contexts = new Sum();

    /** Of each recommendation: how many have it, and their qualities. */
    final long[] recommended = new long[KINDS];

    final Sum[] recommendedQualities = new Sum[KINDS];

    Sums() {
        for (int i = 0; i < KINDS; i++) {
            recommendedQualities[i] = new Sum();
        }
    }

    void add(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        for (Sum sum : all()) {
            sum.count += in.getLong();
            sum.total += in.getDouble();
        }
        for (int i = 0; i < KINDS; i++) {
            recommended[i] += in.getLong();
        }
    }

    byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate((5 + KINDS) * 2 * Long.BYTES + KINDS * Long.BYTES);
        for (Sum sum : all()) {
            out.putLong(sum.count).putDouble(sum.total);
        }
        for (long count : recommended) {
            out.putLong(count);
        }
        return out.array();
    }

    private Sum[] all() {
        Sum[] all = new Sum[5 + KINDS];
        all[0] = responseTimes;
        all[1] = tokens;
        all[2] = qualities;
        all[3] = refinements;
        all[4] = contexts;
        System.arraycopy(recommendedQualities, 0, all, 5, KINDS);
        return all;
    }
}
