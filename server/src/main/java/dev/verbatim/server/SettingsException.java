package dev.verbatim.server;

/** A setting is not as it must be; the message is one line that names it and says what is allowed. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the setting and what is allowed; never its value, which may be secret. */
    public SettingsException(String message) {
        super(message);
    }
}
