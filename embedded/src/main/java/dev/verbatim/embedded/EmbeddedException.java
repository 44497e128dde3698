package dev.verbatim.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An embedded server could not be started. The message is one line that says what is wrong and what to do about it; it
 * can be shown to a user as it is.
 */
public final class EmbeddedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmbeddedException(String message) {
        this(message, null);
    }

    EmbeddedException(String message, @Nullable Throwable cause) {
        super(oneLine(message), cause);
    }

    /** Says what an input or output error on the data directory means for the user. */
    static EmbeddedException of(Path dataDirectory, IOException cause) {
        String message = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
        if (isDiskFull(message)) {
            return diskFull(dataDirectory, cause);
        }
        if (cause instanceof AccessDeniedException denied) {
            return new EmbeddedException(
                    "No permission for " + denied.getFile() + ": make the data directory " + dataDirectory
                            + " and all in it belong to the user who runs this, or choose another one",
                    cause);
        }
        String what = cause instanceof FileSystemException
                ? message
                : cause.getClass().getSimpleName() + " " + message;
        return new EmbeddedException(
                "Cannot use the data directory " + dataDirectory + " (" + what
                        + "): check its file system and permissions, or choose another one",
                cause);
    }

    static EmbeddedException diskFull(Path dataDirectory, @Nullable Throwable cause) {
        return new EmbeddedException(
                "The disk of the data directory " + dataDirectory
                        + " is full: free some space and start again; nothing stored is lost",
                cause);
    }

    static boolean isDiskFull(String text) {
        return text.contains("No space left on device") || text.contains("Disk quota exceeded");
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
