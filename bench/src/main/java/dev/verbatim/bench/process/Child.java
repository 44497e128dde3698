package dev.verbatim.bench.process;

import dev.verbatim.bench.load.Dialogues;
import dev.verbatim.bench.rival.Kind;
import dev.verbatim.bench.rival.Places;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** A process of its own for what is measured: reads commands, one a line, and answers each with one line. */
public final class Child {
    /** What the parent sets in the environment. */
    static final String DATABASE = "BENCH_DATABASE_URL";

    static final String REDIS = "BENCH_REDIS_URL";
    static final String DIALOGUES = "BENCH_DIALOGUES";

    private Child() {}

    /** {@code java … KIND} for a rival, {@code java … http} for the HTTP client. */
    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err);
        Worker worker = worker(args[0]);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(answer(worker, line.split(" ")));
            out.flush();
        }
        System.exit(0);
    }

    private static Worker worker(String name) {
        Dialogues dialogues = Dialogues.read(Path.of(System.getenv(DIALOGUES)));
        Places places = new Places(System.getenv(DATABASE), System.getenv(REDIS));
        return name.equals("http") ? new HttpWorker(dialogues) : new RivalWorker(Kind.valueOf(name), places, dialogues);
    }

    private static String answer(Worker worker, String[] words) {
        try {
            return "ok " + worker.work(words[0], Arrays.copyOfRange(words, 1, words.length));
        } catch (RuntimeException e) {
            e.printStackTrace();
            return "failed " + e.toString().replaceAll("\\s+", " ");
        }
    }
}
