package dev.verbatim.server.idempotency;

import dev.verbatim.Claim;
import dev.verbatim.KeptAnswer;
import dev.verbatim.server.http.Recorder;
import java.io.OutputStream;

/** Lets an answer be made again that was too large to be kept; there is nothing to keep. */
record Remaking(Claim claim) implements Recorder {
    @Override
    public void header(String name, String value) {}

    @Override
    public void about(String conversationId) {}

    @Override
    public KeptAnswer whole(int status, byte[] body) {
        return new KeptAnswer(status, "", body);
    }

    @Override
    public OutputStream pieces(int status, OutputStream out) {
        return out;
    }

    @Override
    public void failed() {}
}
