package dev.verbatim.postgres.backup;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes a backup, record by record. For one thread. */
final class BackupWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final OutputStream file;
    private final DigestOutputStream summed;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final DeflaterOutputStream deflated;
    private final DataOutputStream out;
    private final byte[] part = new byte[BackupFile.PART];
    private int length;
    private long rows;

    BackupWriter(OutputStream file, Head head) throws IOException {
        this.file = file;
        summed = new DigestOutputStream(file, BackupFile.checksum());
        summed.write(BackupFile.MAGIC);
        deflated = new DeflaterOutputStream(summed, deflater, BUFFER);
        out = new DataOutputStream(deflated);
        out.writeUTF(head.schema());
        out.writeUTF(head.made().toString());
        out.writeUTF(head.server());
    }

    void table(Table table) throws IOException {
        out.writeByte(BackupFile.TABLE);
        out.writeUTF(table.name());
        out.writeShort(table.columns().size());
        for (String column : table.columns()) {
            out.writeUTF(column);
        }
        rows = 0;
    }

    /** Adds a row to the table begun last, as COPY writes it, with its line end. */
    void row(byte[] row) throws IOException {
        if (length + row.length > part.length) {
            flushPart();
        }
        if (row.length > part.length) {
            out.writeInt(row.length);
            out.write(row);
        } else {
            System.arraycopy(row, 0, part, length, row.length);
            length += row.length;
        }
        rows++;
    }

    private void flushPart() throws IOException {
        if (length > 0) {
            out.writeInt(length);
            out.write(part, 0, length);
            length = 0;
        }
    }

    /** Ends the table; returns how many rows it had. */
    long endTable() throws IOException {
        flushPart();
        out.writeInt(0);
        out.writeLong(rows);
        return rows;
    }

    void sequence(String name, long value, boolean called) throws IOException {
        out.writeByte(BackupFile.SEQUENCE);
        out.writeUTF(name);
        out.writeLong(value);
        out.writeBoolean(called);
    }

    /** Ends the backup. Without this it is one that was cut off. */
    void finish() throws IOException {
        out.writeByte(BackupFile.END);
        out.flush();
        deflated.finish();
        file.write(summed.getMessageDigest().digest());
        file.flush();
    }

    @Override
    public void close() {
        deflater.end();
    }
}
