package dev.verbatim.server.pages;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** One file of the pages, as it is and packed with gzip. Immutable. */
final class Asset {
    private final Header type;
    private final byte[] plain;
    private final byte[] packed;
    private final String digest;

    /** The file {@code name}, which says by its ending what it is. */
    Asset(String name, byte[] bytes) {
        this.type = type(name);
        this.plain = bytes;
        this.packed = pack(bytes);
        this.digest = Digests.of(bytes);
    }

    /** What it is. */
    Header type() {
        return type;
    }

    /** What tells it from every other content. */
    String digest() {
        return digest;
    }

    /** The ETag of one of its two forms, which are different bytes. */
    String tag(boolean gzip) {
        return "\"" + digest + (gzip ? "-gz" : "") + "\"";
    }

    byte[] bytes(boolean gzip) {
        return gzip ? packed : plain;
    }

    private static Header type(String name) {
        String type = switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalArgumentException("no type is known for " + name);
        };
        return HeaderValues.createCached(HeaderNames.CONTENT_TYPE, type);
    }

    private static byte[] pack(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 3 + 64);
        try (OutputStream out = new SmallGzip(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** Packs as small as it can: it is done once. */
    private static final class SmallGzip extends GZIPOutputStream {
        SmallGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
