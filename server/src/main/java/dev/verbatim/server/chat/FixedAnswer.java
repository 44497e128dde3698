package dev.verbatim.server.chat;

import dev.verbatim.server.json.JsonText;
import java.util.ArrayList;
import java.util.List;

/** Says one text whatever it is asked. Thread-safe. */
final class FixedAnswer implements ModelClient {
    private final String text;

    FixedAnswer(String text) {
        this.text = text;
    }

    @Override
    public ModelAnswer ask(ModelRequest request) {
        return new ModelAnswer("\"content\":" + JsonText.quote(text), false, null, BuiltInAnswerer.NAME);
    }

    /** Word by word. */
    @Override
    public ModelStream stream(ModelRequest request) {
        List<Delta> words = new ArrayList<>();
        for (String word : text.split("(?<= )", -1)) {
            words.add(new Delta(word, null));
        }
        return new PieceStream(words, ask(request));
    }
}
