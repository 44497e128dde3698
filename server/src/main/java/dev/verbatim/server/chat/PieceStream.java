package dev.verbatim.server.chat;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole answer, told in pieces. */
final class PieceStream implements ModelStream {
    private final Iterator<Delta> pieces;
    private final ModelAnswer answer;

    PieceStream(List<Delta> pieces, ModelAnswer answer) {
        this.pieces = pieces.iterator();
        this.answer = answer;
    }

    @Override
    public @Nullable Delta next() {
        return pieces.hasNext() ? pieces.next() : null;
    }

    @Override
    public ModelAnswer soFar() {
        return answer;
    }

    @Override
    public void close() {
        // Nothing is under way.
    }
}
