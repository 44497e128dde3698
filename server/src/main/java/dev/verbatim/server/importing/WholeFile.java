package dev.verbatim.server.importing;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A file that is one piece. */
final class WholeFile implements Cuts {
    private final InputStream in;
    private final int longest;
    private byte @Nullable [] text;
    private boolean read;

    WholeFile(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    @Override
    public boolean next() throws IOException {
        if (read) {
            return false;
        }
        read = true;
        byte[] all = in.readNBytes(longest + 1);
        text = all.length <= longest ? all : null;
        return true;
    }

    @Override
    public String at() {
        return "the file";
    }

    @Override
    public long bytes() {
        return text == null ? longest : text.length;
    }

    @Override
    public byte @Nullable [] text() {
        return text;
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
