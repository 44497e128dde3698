package dev.verbatim.postgres.backup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The format of a backup: a line of ASCII that names it and its version, then one deflated stream of records, then the
 * SHA-256 of all before it. DESIGN.md describes the records.
 */
final class BackupFile {
    static final byte[] MAGIC = "verbatim-backup 1\n".getBytes(StandardCharsets.US_ASCII);

    /** How {@link #MAGIC} begins in every version. */
    static final byte[] NAME = "verbatim-backup ".getBytes(StandardCharsets.US_ASCII);

    static final int CHECKSUM = 32;

    static final byte END = 0;
    static final byte TABLE = 1;
    static final byte SEQUENCE = 2;

    /** Rows are brought in parts of about this many bytes; a row is never divided. */
    static final int PART = 1 << 20;

    /** PostgreSQL's rows have less than a gibibyte; whatever says more is none of ours. */
    static final int LARGEST_PART = 1 << 30;

    private BackupFile() {}

    static MessageDigest checksum() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static RefusedException damaged() {
        return new RefusedException(
                "the backup is cut off or damaged, so nothing was changed; take another copy of the file");
    }
}
