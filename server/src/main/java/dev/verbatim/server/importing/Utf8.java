package dev.verbatim.server.importing;

import dev.verbatim.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Refuses what is not UTF-8. */
final class Utf8 {
    private Utf8() {}

    static void check(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new InvalidInputException("line", "not valid UTF-8");
        }
    }
}
