package dev.verbatim.insight;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How many different things there are: few exactly, many within 2 % (an UltraLogLog, whose error is a third of that). Any two
 * can be put together. Not thread-safe.
 */
public final class Distinct {
    private static final int PRECISION = 14;

    /** From then on the sketch is the shorter one. */
    private static final int MOST_TOKENS = 2_048;

    private static final byte FEW = 1;
    private static final byte MANY = 2;

    private Set<Integer> tokens = new HashSet<>(4);
    private @Nullable UltraLogLog many;

    /** What to {@link #add(long)} for a UUID. */
    public static long hash(UUID id) {
        return Hashing.komihash5_0().hashLongLongToLong(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** Adds the thing of this hash; its bits must be as if by chance. */
    public void add(long hash) {
        addToken(UltraLogLog.computeToken(hash));
    }

    private void addToken(int token) {
        UltraLogLog sketch = many;
        if (sketch != null) {
            sketch.addToken(token);
        } else if (tokens.add(token) && tokens.size() > MOST_TOKENS) {
            sketch();
        }
    }

    private UltraLogLog sketch() {
        UltraLogLog sketch = many;
        if (sketch == null) {
            sketch = UltraLogLog.create(PRECISION);
            tokens.forEach(sketch::addToken);
            tokens = Set.of();
            many = sketch;
        }
        return sketch;
    }

    /** Adds those that {@link #bytes} gave. */
    public void add(byte[] bytes) {
        if (bytes[0] == MANY) {
            byte[] state = new byte[bytes.length - 1];
            System.arraycopy(bytes, 1, state, 0, state.length);
            sketch().add(UltraLogLog.wrap(state));
        } else {
            IntBuffer kept = ByteBuffer.wrap(bytes, 1, bytes.length - 1).slice().asIntBuffer();
            while (kept.hasRemaining()) {
                addToken(kept.get());
            }
        }
    }

    /** All of it, to be stored. */
    public byte[] bytes() {
        UltraLogLog sketch = many;
        if (sketch != null) {
            byte[] state = sketch.getState();
            return ByteBuffer.allocate(1 + state.length).put(MANY).put(state).array();
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(1 + Integer.BYTES * tokens.size()).put(FEW);
        tokens.forEach(bytes::putInt);
        return bytes.array();
    }

    /** About how many there are. */
    public long count() {
        UltraLogLog sketch = many;
        return sketch == null ? tokens.size() : Math.round(sketch.getDistinctCountEstimate());
    }
}
