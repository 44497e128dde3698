package dev.verbatim.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.verbatim.HistoryConfig;
import dev.verbatim.InvalidInputException;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {
    @Test
    void oneServer() {
        RedisUrl url = RedisUrl.parse("redis://:pass@example.org:6380/2");
        assertThat(url.isCluster()).isFalse();
        RedisURI node = url.nodes().getFirst();
        assertThat(node.getHost()).isEqualTo("example.org");
        assertThat(node.getPort()).isEqualTo(6380);
        assertThat(node.getDatabase()).isEqualTo(2);
        assertThat(RedisUrl.parse("rediss://example.org").nodes().getFirst().isSsl())
                .isTrue();
    }

    @Test
    void behindSentinels() {
        RedisUrl url = RedisUrl.parse("redis-sentinel://a:26379,b:26380/0#main");
        assertThat(url.isCluster()).isFalse();
        RedisURI node = url.nodes().getFirst();
        assertThat(node.getSentinelMasterId()).isEqualTo("main");
        assertThat(node.getSentinels()).extracting(RedisURI::getHost).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rediss://user:pass@a:7000,b:7001",
                "rediss://user:pass@a:7000, rediss://user:pass@b:7001",
            })
    void aCluster(String text) {
        RedisUrl url = RedisUrl.parse(text);
        assertThat(url.isCluster()).isTrue();
        assertThat(url.nodes()).extracting(RedisURI::getHost).containsExactly("a", "b");
        assertThat(url.nodes()).extracting(RedisURI::getPort).containsExactly(7000, 7001);
        for (RedisURI node : url.nodes()) {
            assertThat(node.isSsl()).isTrue();
            RedisCredentials credentials = node.getCredentialsProvider()
                    .resolveCredentials()
                    .toFuture()
                    .join();
            assertThat(credentials.getUsername()).isEqualTo("user");
            assertThat(credentials.getPassword()).containsExactly('p', 'a', 's', 's');
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:6379",
                "http://user:secret@example.org",
                "redis://",
                "redis://user:secret@",
                "redis://user:secret@example.org:port",
                "redis://user:secret@example.org:99999999",
                "redis://user:secret@a:7000,,b:7001",
                "redis://user:secret@exa mple.org",
                "redis-sentinel://secret@a:26379",
            })
    void anyOtherIsRefusedInOneLineWithoutThePassword(String text) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> RedisTail.connect(HistoryConfig.of("postgresql://unused", text), () -> 1)
                        .close())
                .satisfies(e -> {
                    assertThat(e.param()).isEqualTo("redisUrl");
                    assertThat(e)
                            .hasMessageStartingWith("redisUrl must be redis://")
                            .hasNoCause();
                    assertThat(e.getMessage()).doesNotContain("secret").doesNotContain("\n");
                });
    }
}
