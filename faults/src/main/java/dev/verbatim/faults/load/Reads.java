package dev.verbatim.faults.load;

import dev.verbatim.testkit.history.RecordedCall;

/** What the answer to a read means. */
final class Reads {
    private Reads() {}

    static void end(RecordedCall call, Reply reply) {
        if (reply.status() == 404) {
            call.notFound();
        } else if (reply.status() != 200) {
            call.failed();
        } else if (reply.isPossiblyStale()) {
            call.maybeStale(reply.gen(), reply.lastSeq(), reply.lines());
        } else {
            call.known(reply.gen(), reply.lastSeq(), reply.lines());
        }
    }
}
