package dev.verbatim.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Settings by name: those of the environment, and beneath them those of a {@code .env} file. Immutable. */
public final class Settings {
    private static final int LONGEST_NUMBER = 9;

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    /** Settings of exactly these names and values. */
    public static Settings of(Map<String, String> values) {
        return new Settings(Map.copyOf(values));
    }

    /**
     * The environment's, and {@code .env}'s in {@code directory} for what the environment does not set.
     *
     * @throws SettingsException when the file cannot be read or a line of it is no setting
     */
    public static Settings load(Map<String, String> environment, Path directory) {
        Map<String, String> values = new HashMap<>(readFile(directory.resolve(".env")));
        values.putAll(environment);
        return of(values);
    }

    private static Map<String, String> readFile(Path file) {
        try {
            return parse(Files.readAllLines(file));
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            throw new SettingsException(".env cannot be read (" + e.getMessage() + "); make it a readable UTF-8 file");
        }
    }

    private static Map<String, String> parse(List<String> lines) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                String setting = line.startsWith("export ") ? line.substring("export ".length()) : line;
                int equals = setting.indexOf('=');
                if (equals < 1) {
                    throw new SettingsException(".env line " + (i + 1) + " must be NAME=value");
                }
                values.put(
                        setting.substring(0, equals).strip(),
                        unquote(setting.substring(equals + 1).strip()));
            }
        }
        return values;
    }

    private static String unquote(String value) {
        boolean quoted = value.length() >= 2
                && (value.startsWith("\"") || value.startsWith("'"))
                && value.charAt(0) == value.charAt(value.length() - 1);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** A value without the white space around it; one that is empty then counts as not set. */
    Optional<String> text(String name) {
        String value = values.get(name);
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }

    /** All that begin with {@code prefix} and are set. */
    Map<String, String> beginningWith(String prefix) {
        return values.entrySet().stream()
                .filter(e -> e.getKey().startsWith(prefix) && !e.getValue().isBlank())
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, e -> e.getValue().strip()));
    }

    /** A whole number from {@code min} to {@code max}. */
    int number(String name, int min, int max, int otherwise) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        boolean digits =
                value.get().length() <= LONGEST_NUMBER && value.get().chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || Integer.parseInt(value.get()) < min || Integer.parseInt(value.get()) > max) {
            throw new SettingsException(name + " must be a whole number from " + min + " to " + max);
        }
        return Integer.parseInt(value.get());
    }

    /** Without the values, which may be secret. */
    @Override
    public String toString() {
        return "Settings[" + values.size() + "]";
    }
}
