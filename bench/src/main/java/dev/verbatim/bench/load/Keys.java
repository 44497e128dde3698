package dev.verbatim.bench.load;

import java.util.concurrent.ThreadLocalRandom;

/** Chooses conversations: by Zipf's law, the first most often, or all alike. Immutable. */
public final class Keys {
    private final String[] names;
    private final double[] cumulated;

    /**
     * @param prefix what their names begin with
     * @param count how many there are
     * @param skew the exponent of Zipf's law; 0 for all alike
     */
    public Keys(String prefix, int count, double skew) {
        names = new String[count];
        cumulated = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            names[i] = prefix + "-" + i;
            sum += 1 / Math.pow(i + 1, skew);
            cumulated[i] = sum;
        }
    }

    /** How many there are. */
    public int count() {
        return names.length;
    }

    /** Conversation {@code index}. */
    public String name(int index) {
        return names[index];
    }

    /** One by chance. */
    public String any() {
        return names[anyIndex()];
    }

    /** The index of one by chance. */
    public int anyIndex() {
        return indexAt(ThreadLocalRandom.current().nextDouble());
    }

    /** The index below which the part {@code share} of all choices lies, 0 to 1. */
    public int indexAt(double share) {
        double wanted = share * cumulated[cumulated.length - 1];
        int low = 0;
        int high = cumulated.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulated[middle] < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
