package dev.verbatim.insight;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.SparseStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;

/** How long things took, as a DDSketch: any two can be put together, and percentiles are within 1 %. Not thread-safe. */
public final class Latencies {
    /** Half of what is promised: what is rounded to whole numbers keeps the promise too. */
    private static final double ACCURACY = 0.005;

    /** From values to places in an array, and back; for those who count themselves. */
    static final IndexMapping MAPPING = new LogarithmicMapping(ACCURACY);

    private final DDSketch sketch = new DDSketch(MAPPING, SparseStore::new);

    /** Adds one value, 0 or more. */
    public void add(double value) {
        sketch.accept(value);
    }

    /** Adds {@code count} values. */
    void add(double value, long count) {
        sketch.accept(value, (double) count);
    }

    /** Adds those that {@link #bytes} gave. */
    public void add(byte[] bytes) {
        try {
            sketch.decodeAndMergeWith(ByteArrayInput.wrap(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("a sketch cannot be read", e);
        }
    }

    /** All of it, to be stored. */
    public byte[] bytes() {
        GrowingByteArrayOutput out = GrowingByteArrayOutput.withDefaultInitialCapacity();
        try {
            sketch.encode(out, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.trimmedCopy();
    }

    /** How many values there are. */
    public long count() {
        return Math.round(sketch.getCount());
    }

    /**
     * The value that is at least as large as {@code percent} of all, by the nearest rank; 0 when there are none.
     *
     * @param percent above 0, at most 100
     */
    public double percentile(int percent) {
        long count = count();
        long rank = Math.max(1, Math.ceilDiv(count * percent, 100L));
        double seen = count - sketch.getPositiveValueStore().getTotalCount();
        Iterator<Bin> bins = sketch.getPositiveValueStore().getAscendingIterator();
        double value = 0;
        while (Math.round(seen) < rank && bins.hasNext()) {
            Bin bin = bins.next();
            seen += bin.getCount();
            value = MAPPING.value(bin.getIndex());
        }
        return value;
    }
}
