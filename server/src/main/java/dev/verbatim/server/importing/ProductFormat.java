package dev.verbatim.server.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/** What another product exports: a JSON list of its conversations, one by itself, or one a line. */
record ProductFormat(String name, Predicate<Shape> looks, TreeSource.Reader reader) implements Format {
    @Override
    public boolean fits(Shape shape) {
        return looks.test(shape);
    }

    @Override
    public ConversationSource open(Path file, Shape shape) throws IOException {
        return new TreeSource(cuts(file, shape), reader, "");
    }

    private static Cuts cuts(Path file, Shape shape) throws IOException {
        int longest = Longest.entry();
        if (shape.isList()) {
            return new Pieces(Files.newInputStream(file), longest);
        }
        return shape.isOne()
                ? new WholeFile(Files.newInputStream(file), longest)
                : new TextLines(Files.newInputStream(file), longest);
    }
}
