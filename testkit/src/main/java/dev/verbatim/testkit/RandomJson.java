package dev.verbatim.testkit;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Random messages, made so as to hit what stores get wrong; {@link #toString} tells the seed. */
public final class RandomJson {
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1.0",
            "1.10",
            "1e400",
            "-1E-400",
            "12345678901234567890",
            "0.1e+05",
            "2147483648",
            "9007199254740993");
    private static final List<String> PIECES = List.of(
            "word ",
            "\\u0000",
            "\\ud800",
            "\\udfff",
            "\\ud83d\\ude00",
            "\ud83d\ude00",
            "\\n",
            "\\\\",
            "\\\"",
            "\\/",
            "\u05e9\u05dc",
            "\u0639\u0631\u0628",
            "\u202e",
            "\u007f",
            "\u2028",
            "\ufeff",
            "e\u0301",
            "\u4f60\u597d",
            "'",
            "{}",
            ",");
    private static final List<String> NAMES = List.of(
            "content",
            "name",
            "tool_calls",
            "tool_call_id",
            "refusal",
            "metadata",
            "model",
            "tokens_used",
            "latency_ms",
            "Content",
            "",
            "x y",
            "\\u0000",
            "\u00e9",
            "type");
    private static final List<String> ROLES = List.of("user", "assistant", "system", "developer", "tool", "critic");
    private static final int DEEPEST = 4;

    private final long seed;
    private final Random random;

    private RandomJson(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** Other messages each time. */
    public static RandomJson withNewSeed() {
        return new RandomJson(new Random().nextLong());
    }

    /** The same messages each time. */
    public static RandomJson withSeed(long seed) {
        return new RandomJson(seed);
    }

    /** {@code n} messages without an id. */
    public List<String> messages(int n) {
        return IntStream.range(0, n).mapToObj(i -> message()).toList();
    }

    private String message() {
        StringBuilder out = new StringBuilder(space()).append('{');
        members(out, 1);
        if (out.charAt(out.length() - 1) != '{') {
            out.append(',').append(space());
        }
        return out.append("\"role\":\"")
                .append(pick(ROLES))
                .append('"')
                .append(space())
                .append('}')
                .toString();
    }

    private void members(StringBuilder out, int depth) {
        List<String> names = NAMES.stream().filter(n -> random.nextInt(3) == 0).toList();
        for (int i = 0; i < names.size(); i++) {
            out.append(i == 0 ? "" : ",").append(space());
            out.append('"')
                    .append(names.get(i))
                    .append('"')
                    .append(space())
                    .append(':')
                    .append(space());
            value(out, depth);
        }
    }

    private void value(StringBuilder out, int depth) {
        switch (random.nextInt(depth < DEEPEST ? 7 : 5)) {
            case 0 -> out.append(random.nextBoolean() ? pick(NUMBERS) : Integer.toString(random.nextInt(100_000)));
            case 1 -> out.append(pick(List.of("true", "false", "null")));
            case 2, 3, 4 -> string(out);
            case 5 -> {
                out.append('[');
                int size = random.nextInt(4);
                for (int i = 0; i < size; i++) {
                    out.append(i == 0 ? "" : ",").append(space());
                    value(out, depth + 1);
                }
                out.append(space()).append(']');
            }
            default -> {
                out.append('{');
                members(out, depth + 1);
                out.append(space()).append('}');
            }
        }
    }

    private void string(StringBuilder out) {
        out.append('"');
        int pieces = random.nextInt(random.nextInt(20) == 0 ? 400 : 12);
        for (int i = 0; i < pieces; i++) {
            out.append(pick(PIECES));
        }
        out.append('"');
    }

    private String space() {
        return pick(List.of("", "", "", " ", "\n\t", "\r\n "));
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    @Override
    public String toString() {
        return "random messages of seed " + seed;
    }
}
