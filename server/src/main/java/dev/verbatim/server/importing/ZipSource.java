package dev.verbatim.server.importing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The lists of conversations in a zip, one file of it after another, unpacked as they are read. */
final class ZipSource implements ConversationSource {
    /** What unpacks to more than this, and to so many times its size, is made to fill a disk or to take for ever. */
    private static final long BELIEVABLE = 64L << 20;

    private static final int MOST_TIMES = 200;

    private final ZipFile zip;
    private final TreeSource.Reader reader;
    private final Iterator<? extends ZipEntry> files;
    private final long bytes;
    private @Nullable TreeSource open;

    private ZipSource(ZipFile zip, List<? extends ZipEntry> files, TreeSource.Reader reader) {
        this.zip = zip;
        this.reader = reader;
        this.files = files.iterator();
        this.bytes = files.stream().mapToLong(ZipEntry::getSize).sum();
    }

    /**
     * Reads what {@code file} holds, which is first held against its check sums: what was altered on the way is not stored.
     *
     * @throws ImportStoppedException when it is no zip, is damaged, or has no conversations
     */
    static ZipSource open(Path file, TreeSource.Reader reader) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new ImportStoppedException("the zip cannot be read: " + e.getMessage());
        }
        List<? extends ZipEntry> files = zip.stream()
                .filter(entry -> entry.getName().matches("(.*/)?conversations(-[0-9]+)?\\.json"))
                .sorted(Comparator.comparing(ZipEntry::getName))
                .toList();
        if (files.isEmpty()) {
            zip.close();
            throw new ImportStoppedException(
                    "the zip has no conversations.json, so it is no export of ChatGPT; unpack it and"
                            + " import the file that is in it");
        }
        try {
            for (ZipEntry entry : files) {
                check(zip, entry);
            }
        } catch (IOException | ImportStoppedException e) {
            zip.close();
            throw e;
        }
        return new ZipSource(zip, files, reader);
    }

    private static void check(ZipFile zip, ZipEntry file) throws IOException {
        long size = file.getSize();
        if (size > BELIEVABLE && size / MOST_TIMES > file.getCompressedSize()) {
            throw new ImportStoppedException(file.getName() + " in the zip would be more than " + MOST_TIMES
                    + " times as large as it is packed; unpack it and import the file");
        }
        CRC32 sum = new CRC32();
        byte[] buffer = new byte[1 << 16];
        long unpacked = 0;
        try (InputStream in = zip.getInputStream(file)) {
            for (int read = in.read(buffer); read > 0 && unpacked <= size; read = in.read(buffer)) {
                sum.update(buffer, 0, read);
                unpacked += read;
            }
        } catch (ZipException | EOFException e) {
            throw damaged(file);
        }
        if (unpacked != size || sum.getValue() != file.getCrc()) {
            throw damaged(file);
        }
    }

    private static ImportStoppedException damaged(ZipEntry file) {
        return new ImportStoppedException(
                "the zip is damaged: " + file.getName() + " is not what was packed; get the zip again");
    }

    @Override
    public long bytes(long ofFile) {
        return bytes;
    }

    @Override
    public @Nullable Entry next() throws IOException {
        Entry next = open == null ? null : open.next();
        while (next == null && files.hasNext()) {
            ZipEntry file = files.next();
            Pieces pieces = new Pieces(zip.getInputStream(file), Longest.entry());
            open = new TreeSource(pieces, reader, file.getName() + ", ");
            next = open.next();
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
