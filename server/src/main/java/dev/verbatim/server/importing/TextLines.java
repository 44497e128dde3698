package dev.verbatim.server.importing;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A file's lines, those that are blank passed over. */
final class TextLines implements Cuts {
    private final InputStream in;
    private final Lines lines;

    TextLines(InputStream in, int longest) {
        this.in = in;
        this.lines = new Lines(in, longest);
    }

    @Override
    public boolean next() throws IOException {
        boolean there = lines.next();
        while (there && isBlank(lines.text())) {
            there = lines.next();
        }
        return there;
    }

    private static boolean isBlank(byte @Nullable [] text) {
        if (text == null) {
            return false;
        }
        for (byte b : text) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String at() {
        return "line " + lines.number();
    }

    @Override
    public long bytes() {
        return lines.bytes();
    }

    @Override
    public byte @Nullable [] text() {
        return lines.text();
    }

    @Override
    public @Nullable String fault() {
        return null;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
