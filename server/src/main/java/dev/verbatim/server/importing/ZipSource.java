package dev.verbatim.server.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The lists of conversations in a zip, one file of it after another, unpacked as they are read. */
final class ZipSource implements ConversationSource {
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
     * Reads what {@code file} holds.
     *
     * @throws ImportStoppedException when it is no zip, or has no conversations
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
        return new ZipSource(zip, files, reader);
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
