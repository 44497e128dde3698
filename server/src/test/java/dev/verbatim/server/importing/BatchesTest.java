package dev.verbatim.server.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    @Test
    void noRequestHasMoreThanAThousandMessages() {
        List<Integer> all = IntStream.range(0, 2_001).boxed().toList();

        List<List<Integer>> batches = Batches.of(all, n -> 10);

        assertThat(batches).extracting(List::size).containsExactly(1_000, 1_000, 1);
        assertThat(batches.stream().flatMap(List::stream)).isEqualTo(all);
    }

    @Test
    void noRequestIsAsLargeAsFourMebibytes() {
        List<byte[]> all = Collections.nCopies(20, new byte[1 << 20]);

        List<List<byte[]>> batches = Batches.of(all, m -> m.length);

        assertThat(batches.stream().mapToInt(List::size).sum()).isEqualTo(20);
        assertThat(batches).extracting(b -> RequestJson.messages(b).length).allMatch(bytes -> bytes < 4 << 20);
        assertThat(batches).hasSize(7);
    }

    @Test
    void nothingNeedsNoRequest() {
        assertThat(Batches.of(List.<byte[]>of(), m -> m.length)).isEmpty();
    }
}
