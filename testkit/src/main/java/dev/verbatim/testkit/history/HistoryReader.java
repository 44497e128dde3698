package dev.verbatim.testkit.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts a history together from the files of several {@link HistoryWriter}s; equal strings and messages are kept once. */
final class HistoryReader {
    private final List<Operation> operations = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<FinalConversation> finalLog = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<Line, Line> messages = new HashMap<>();
    private int logs;
    private int expected;

    /** What the numbers of one file mean. */
    private final List<Line> lines = new ArrayList<>();

    private final Map<Long, Operation> begun = new HashMap<>();

    void add(Path file) throws IOException {
        lines.clear();
        boolean cut = isCut(file);
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
            int number = 0;
            String line = in.readLine();
            while (line != null) {
                String next = in.readLine();
                number++;
                if (next != null || !cut) {
                    add(file, number, line);
                }
                line = next;
            }
        }
        operations.addAll(begun.values());
        begun.clear();
    }

    private static boolean isCut(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            if (bytes.length() == 0) {
                return true;
            }
            bytes.seek(bytes.length() - 1);
            return bytes.read() != '\n';
        }
    }

    private void add(Path file, int number, String line) throws IOException {
        try {
            if (number == 1) {
                checkHeader(line);
            } else {
                add(new Fields(line, name -> names.computeIfAbsent(name, same -> same)));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            throw new IOException(file + " line " + number + " is not of a recorded history: " + e.getMessage(), e);
        }
    }

    private static void checkHeader(String line) {
        if (!line.equals(HistoryWriter.HEADER)) {
            throw new IllegalArgumentException("\"" + HistoryWriter.HEADER + "\" expected");
        }
    }

    private void add(Fields fields) {
        String what = fields.next();
        switch (what) {
            case "line" -> line(fields);
            case "begun" -> begun.put(fields.number(), operation(fields));
            case "ended" -> {
                begun.remove(fields.number());
                operations.add(operation(fields));
            }
            case "whole" -> {
                fields.number();
                operations.add(operation(fields));
            }
            case "fault" -> faults.add(new Fault(fields.name(), fields.number(), fields.number()));
            case "log" -> {
                logs++;
                expected = fields.count();
            }
            case "conversation" -> finalLog.add(conversation(fields));
            default -> throw new IllegalArgumentException("a line cannot begin with \"" + what + "\"");
        }
        fields.end(what);
    }

    private void line(Fields fields) {
        if (fields.number() != lines.size()) {
            throw new IllegalArgumentException("message " + lines.size() + " expected");
        }
        Line line = new Line(fields.name(), fields.number(), fields.hash(), fields.hash());
        lines.add(messages.computeIfAbsent(line, same -> same));
    }

    private Operation operation(Fields fields) {
        return OperationText.read(fields, this::message);
    }

    private FinalConversation conversation(Fields fields) {
        return new FinalConversation(
                fields.name(), fields.name(), fields.number(), OperationText.lines(fields, this::message));
    }

    private Line message(long number) {
        return lines.get(Math.toIntExact(number));
    }

    History history() {
        if (logs != 1 || finalLog.size() != expected) {
            throw new IllegalStateException("one final log of " + expected + " conversations is needed; there are "
                    + logs + " with " + finalLog.size() + ": record it once, after the run");
        }
        return new History(operations, faults, finalLog);
    }
}
