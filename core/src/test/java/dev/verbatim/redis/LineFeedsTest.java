package dev.verbatim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineFeedsTest {
    /** Bytes that differ from a line feed in one bit, or carry, are those a word at a time could take for one. */
    @Test
    void theLastOneBeforeAnyPlaceIsFound() {
        byte[] likely = {'\n', 0x0b, 0x08, 0x1a, (byte) 0x8a, 0x00, (byte) 0xff, 'x', 'x', 'x', 'x', 'x'};
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[random.nextInt(60)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = likely[random.nextInt(likely.length)];
            }
            for (int end = 0; end <= bytes.length; end++) {
                assertThat(LineFeeds.lastBefore(bytes, end)).isEqualTo(byteByByte(bytes, end));
            }
        }
    }

    private static int byteByByte(byte[] bytes, int end) {
        int at = end - 1;
        while (at >= 0 && bytes[at] != '\n') {
            at--;
        }
        return at;
    }
}
