package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class MadeIdsTest {
    private static final UUID CONVERSATION = UUID.fromString("8f14e45f-ceea-567d-9a36-5c3b1d9f7e21");

    @Test
    void areVersionSevenAndTellTheirSeq() {
        for (long seq : new long[] {1, 2, 1_000_000, (1L << 40) - 1}) {
            UUID id = MadeIds.of(CONVERSATION, seq, Instant.parse("2026-01-31T12:00:00.123456Z"));
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(1769860800123L);
            assertThat(MadeIds.seqOf(CONVERSATION, id.toString())).hasValue(seq);
        }
    }

    @Test
    void doNotPassForAnotherConversations() {
        UUID id = MadeIds.of(CONVERSATION, 7, Instant.EPOCH);
        UUID other = new UUID(CONVERSATION.getMostSignificantBits() ^ 1, CONVERSATION.getLeastSignificantBits() ^ 1);
        assertThat(MadeIds.seqOf(other, id.toString())).isEmpty();
    }

    @Test
    void areNotSeenInWhatIsNone() {
        UUID id = MadeIds.of(CONVERSATION, 7, Instant.EPOCH);
        for (String text : new String[] {
            "",
            "7",
            id.toString().toUpperCase(java.util.Locale.ROOT).replace('7', 'A'),
            id + "0",
            "x".repeat(36),
            "xxxxxxxx-xxxx-7xxx-xxxx-xxxxxxxxxxxx",
            UUID.randomUUID().toString()
        }) {
            assertThat(MadeIds.seqOf(CONVERSATION, text)).as(text).isEqualTo(OptionalLong.empty());
        }
    }

    @Test
    void standForTimesBefore1970Too() {
        UUID id = MadeIds.of(CONVERSATION, 3, Instant.parse("1950-05-05T00:00:00.000001Z"));
        assertThat(MadeIds.seqOf(CONVERSATION, id.toString())).hasValue(3);
    }
}
