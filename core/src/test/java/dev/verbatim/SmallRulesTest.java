package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Owners, keys, times and settings. */
final class SmallRulesTest {
    @Test
    void anOwnerIsTheSameForTheSameNamesOnly() {
        assertThat(Owner.named("a")).isEqualTo(Owner.named("default", "a")).hasSameHashCodeAs(Owner.named("a"));
        assertThat(Owner.named("x", "a")).isNotEqualTo(Owner.named("a"));
        assertThat(Owner.named("ab", "c").id())
                .isNotEqualTo(Owner.named("a", "bc").id());
        assertThat(Owner.named("a").id().version()).isEqualTo(5);
        assertThat(Owner.registered(Owner.named("a").id())).isEqualTo(Owner.named("a"));
        assertThatThrownBy(() -> Owner.named("")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Owner.named("a\0")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void keysAreOrderedAsPostgresOrdersUuids() {
        UUID low = UUID.fromString("00000000-0000-5000-8000-000000000000");
        UUID high = UUID.fromString("f0000000-0000-5000-8000-000000000000");
        assertThat(new ConversationKey(low, high)).isLessThan(new ConversationKey(high, low));
        assertThat(new ConversationKey(low, low)).isLessThan(new ConversationKey(low, high));
        assertThat(ConversationKey.of(Owner.named("a"), "c")).isNotEqualTo(ConversationKey.of(Owner.named("b"), "c"));
    }

    @Test
    void timesAreWrittenWithSixDigitsInUtcAndReadWithAnyOffset() {
        assertThat(Times.format(Instant.parse("2026-01-31T12:00:00.1234567Z")))
                .isEqualTo("2026-01-31T12:00:00.123456Z");
        assertThat(Times.parse("t", "2026-01-31T12:00:00.1234567+05:45"))
                .isEqualTo(Instant.parse("2026-01-31T06:15:00.123456Z"));
        assertThat(Times.parse("t", "0001-01-01T00:00:00Z")).isEqualTo(Instant.parse("0001-01-01T00:00:00Z"));
        for (String bad :
                new String[] {"", "2026-01-31", "2026-01-31T12:00:00", "0000-12-31T00:00:00Z", "+10000-01-01T00:00:00Z"
                }) {
            assertThatThrownBy(() -> Times.parse("t", bad)).as(bad).isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void settingsHaveTheDefaultsThatAreDocumented() {
        HistoryConfig config = HistoryConfig.of("jdbc:postgresql://u:secret@h/d", "redis://:secret@h");
        assertThat(config.redisTtl()).isEqualTo(Duration.ofHours(1));
        assertThat(config.windowMessages()).isEqualTo(20);
        assertThat(config.maxConnections()).isEqualTo(16);
        assertThat(config.lanes()).isEqualTo(2);
        assertThat(config.redisTimeout()).isEqualTo(Duration.ofMillis(50));
        assertThat(config.databaseTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.lockTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.toString()).doesNotContain("secret");
    }

    @Test
    void settingsOutOfRangeAreRefusedByName() {
        HistoryConfig config = HistoryConfig.of("jdbc:postgresql://h/d", "redis://h");
        assertThatThrownBy(() -> config.withWindowMessages(0)).hasMessageContaining("windowMessages");
        assertThatThrownBy(() -> config.withWindowMessages(1001)).hasMessageContaining("windowMessages");
        assertThatThrownBy(() -> config.withRedisTtl(Duration.ofMillis(5))).hasMessageContaining("redisTtl");
        assertThatThrownBy(() -> config.withDatabaseTimeouts(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageContaining("databaseTimeout");
    }
}
