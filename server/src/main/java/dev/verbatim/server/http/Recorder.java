package dev.verbatim.server.http;

import dev.verbatim.Claim;
import dev.verbatim.KeptAnswer;
import java.io.OutputStream;

/** Keeps what one try of a request is answered, for the next try. Used by one thread. */
public interface Recorder {
    /** The try. */
    Claim claim();

    /** A header of the answer. */
    void header(String name, String value);

    /** Which conversation the answer shows; as long as nothing is said, the one that the path names. */
    void about(String conversationId);

    /** The answer, before any of it goes out; returns what is to go out, which may be that of another try. */
    KeptAnswer whole(int status, byte[] body);

    /** An answer that goes out in pieces; it is kept when the stream is closed, unless it {@link #failed}. */
    OutputStream pieces(int status, OutputStream out);

    /** The pieces under way tell of a failure, so they are not to be kept. */
    void failed();
}
