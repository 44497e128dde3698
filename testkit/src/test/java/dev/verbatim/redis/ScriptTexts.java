package dev.verbatim.redis;

import dev.verbatim.redis.ScriptCall.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The texts of the scripts, as they are or with a fault put in. Immutable. */
public final class ScriptTexts {
    private final Map<Script, String> texts;

    private ScriptTexts(Map<Script, String> texts) {
        this.texts = texts;
    }

    /** The product's own. */
    public static ScriptTexts real() {
        Map<Script, String> texts = new EnumMap<>(Script.class);
        for (Script script : Script.values()) {
            if (script != Script.STORE) {
                texts.put(script, whole("/lua/" + script.name().toLowerCase(Locale.ROOT) + ".lua"));
            }
        }
        return new ScriptTexts(texts);
    }

    /** These, but another text in the place of {@code old}, which must occur once. */
    public ScriptTexts replaced(Script script, String old, String other) {
        String text = texts.getOrDefault(script, "");
        int at = text.indexOf(old);
        if (at < 0 || text.indexOf(old, at + 1) >= 0) {
            throw new IllegalArgumentException("this must be in " + script + " once: " + old);
        }
        return with(script, text.replace(old, other));
    }

    /** These, but {@code script} as it is in the test resource {@code lua-mutants/name.lua}. */
    public ScriptTexts replaced(Script script, String name) {
        return with(script, whole("/lua-mutants/" + name + ".lua"));
    }

    private ScriptTexts with(Script script, String text) {
        Map<Script, String> changed = new EnumMap<>(texts);
        changed.put(script, text);
        return new ScriptTexts(changed);
    }

    Map<Script, String> all() {
        return texts;
    }

    private static String whole(String path) {
        return text("/lua/entry.lua") + text(path);
    }

    private static String text(String path) {
        try (InputStream in = ScriptTexts.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
