package dev.verbatim.postgres.backup;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** Reads a backup, record by record, once its checksum was found right. For one thread. */
final class BackupReader implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final DataInputStream in;
    private final Head head;

    private BackupReader(DataInputStream in) throws IOException {
        this.in = in;
        head = new Head(in.readUTF(), Instant.parse(in.readUTF()), in.readUTF());
    }

    /**
     * Reads all of the file once, to see that it is whole, then goes back to its beginning.
     *
     * @throws RefusedException when it is no backup, one of another version, or not whole
     */
    static BackupReader open(Path file) throws IOException {
        long end = Files.size(file) - BackupFile.CHECKSUM;
        checkName(file);
        if (end <= BackupFile.MAGIC.length || !isWhole(file, end)) {
            throw BackupFile.damaged();
        }
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        raw.skipNBytes(BackupFile.MAGIC.length);
        return new BackupReader(
                new DataInputStream(new InflaterInputStream(new Bounded(raw, end - BackupFile.MAGIC.length))));
    }

    private static void checkName(Path file) throws IOException {
        byte[] begin;
        try (InputStream in = Files.newInputStream(file)) {
            begin = in.readNBytes(BackupFile.MAGIC.length);
        }
        int name = BackupFile.NAME.length;
        if (begin.length < name || !Arrays.equals(begin, 0, name, BackupFile.NAME, 0, name)) {
            throw new RefusedException(file + " is not a backup that ./verbatim backup made");
        }
        if (!Arrays.equals(begin, BackupFile.MAGIC)) {
            throw new RefusedException(
                    file + " is a backup of another format; restore it with the Verbatim that made it, or a newer one");
        }
    }

    private static boolean isWhole(Path file, long end) throws IOException {
        MessageDigest sum = BackupFile.checksum();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (long left = end; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    return false;
                }
                sum.update(buffer, 0, read);
                left -= read;
            }
            return MessageDigest.isEqual(sum.digest(), in.readAllBytes());
        }
    }

    Head head() {
        return head;
    }

    /** What the next record is. */
    byte kind() throws IOException {
        return in.readByte();
    }

    Table table() throws IOException {
        String name = in.readUTF();
        int count = in.readUnsignedShort();
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(in.readUTF());
        }
        return new Table(name, columns);
    }

    /** The next rows of the table, as COPY takes them; none at its end. */
    byte[] part() throws IOException {
        int length = in.readInt();
        if (length < 0 || length > BackupFile.LARGEST_PART) {
            throw new ZipException("a part of " + length + " bytes");
        }
        byte[] part = in.readNBytes(length);
        if (part.length < length) {
            throw new EOFException();
        }
        return part;
    }

    /** How many rows the table has, after its last part. */
    long rows() throws IOException {
        return in.readLong();
    }

    String sequence() throws IOException {
        return in.readUTF();
    }

    long sequenceValue() throws IOException {
        return in.readLong();
    }

    boolean sequenceCalled() throws IOException {
        return in.readBoolean();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Ends where the checksum begins. */
    private static final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            if (left <= 0) {
                return -1;
            }
            left--;
            return super.read();
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int read = super.read(target, from, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }
    }
}
