package dev.verbatim.bench.report;

import dev.verbatim.bench.load.Measured;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Something measured several times.
 *
 * @param median the middle one
 * @param least the least
 * @param most the most
 */
public record Ratio(double median, double least, double most) {
    /** Of numbers, at least one. */
    public static Ratio of(double... numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Ratio(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** Of one number of each round. */
    public static Ratio of(List<Measured> rounds, ToDoubleFunction<Measured> number) {
        return of(rounds.stream().mapToDouble(number).toArray());
    }

    /** One number of each round by that of another in the same round. */
    public static Ratio of(List<Measured> ours, List<Measured> theirs, ToDoubleFunction<Measured> number) {
        return of(IntStream.range(0, Math.min(ours.size(), theirs.size()))
                .mapToDouble(i -> number.applyAsDouble(ours.get(i)) / number.applyAsDouble(theirs.get(i)))
                .toArray());
    }

    /** With two digits after the point, and how far it spreads. */
    @Override
    public String toString() {
        String text = String.format(Locale.ROOT, "%.2f", median);
        return least == most ? text : text + String.format(Locale.ROOT, " (%.2f to %.2f)", least, most);
    }
}
