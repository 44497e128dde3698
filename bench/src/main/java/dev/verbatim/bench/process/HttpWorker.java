package dev.verbatim.bench.process;

import dev.verbatim.bench.http.HttpLoad;
import dev.verbatim.bench.http.HttpLoad.Request;
import dev.verbatim.bench.http.Requests;
import dev.verbatim.bench.load.Dialogues;
import dev.verbatim.bench.load.Keys;
import dev.verbatim.bench.load.Measured;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Calls a service over HTTP: {@code WHAT PORT KEY CONNECTIONS MILLIS RATE COUNT COLD-FROM COLD-TO}. */
final class HttpWorker implements Worker {
    /** Of the reads of the mixed load so many in a hundred find nothing in Redis. */
    private static final int COLD_PERCENT = 20;

    private static final int HUNDRED = 100;

    private final Dialogues dialogues;

    HttpWorker(Dialogues dialogues) {
        this.dialogues = dialogues;
    }

    @Override
    public String work(String command, String[] arguments) {
        Requests requests = new Requests(arguments[1]);
        Keys keys = new Keys("read", number(arguments[5]), 1);
        int kinds = command.equals("mixed") || command.equals("both") ? 2 : 1;
        Supplier<Request> source = switch (command) {
            case "read" -> reads(requests, keys);
            case "append" -> appends(requests, keys);
            case "both" -> both(requests, keys);
            case "mixed" -> mixed(requests, keys, number(arguments[6]), number(arguments[7]));
            default -> throw new IllegalArgumentException(command);
        };
        try (HttpLoad load = new HttpLoad(number(arguments[0]), number(arguments[2]))) {
            List<Measured> measured =
                    load.run(Duration.ofMillis(number(arguments[3])), number(arguments[4]), kinds, source);
            return measured.stream().map(Measured::line).collect(Collectors.joining(" "));
        }
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }

    private static Supplier<Request> reads(Requests requests, Keys keys) {
        byte[][] all = requests.reads(keys);
        return () -> new Request(all[keys.anyIndex()], 0);
    }

    private Supplier<Request> appends(Requests requests, Keys keys) {
        return () -> new Request(
                requests.append(
                        keys.any(), dialogues.said(ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE))),
                0);
    }

    /** Five reads, kind 0, and an append, kind 1, over and over. */
    private Supplier<Request> both(Requests requests, Keys keys) {
        Supplier<Request> reads = reads(requests, keys);
        Supplier<Request> appends = appends(requests, keys);
        return new Supplier<>() {
            private int number;

            @Override
            public Request get() {
                number++;
                return number % 6 == 0 ? new Request(appends.get().bytes(), 1) : reads.get();
            }
        };
    }

    /** Reads of which some, kind 1, are of conversations nobody has read before, each of them once. */
    private static Supplier<Request> mixed(Requests requests, Keys keys, int coldFrom, int coldTo) {
        Supplier<Request> reads = reads(requests, keys);
        return new Supplier<>() {
            private int cold = coldFrom;

            @Override
            public Request get() {
                if (cold == coldTo || ThreadLocalRandom.current().nextInt(HUNDRED) >= COLD_PERCENT) {
                    return reads.get();
                }
                return new Request(requests.read("cold-" + cold++), 1);
            }
        };
    }
}
