package dev.verbatim.postgres;

import dev.verbatim.Owner;
import dev.verbatim.insight.Answered;
import dev.verbatim.insight.Recommendation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Query logs as if by chance, the same each time. */
final class Logs {
    static final Instant FIRST = Instant.parse("2025-10-30T22:15:00Z");
    static final Duration LENGTH = Duration.ofDays(95);

    private final Random random;
    private final int users;

    Logs(long seed, int users) {
        this.random = new Random(seed);
        this.users = users;
    }

    static Owner user(int number) {
        return Owner.named("user" + number);
    }

    /** Users are of unlike diligence; half of the logs crowd in one month. */
    Answered next() {
        int user = (int) (users * random.nextDouble() * random.nextDouble());
        return of(user(user), time());
    }

    Answered of(Owner owner, Instant time) {
        boolean agent = random.nextInt(3) > 0;
        return new Answered(
                new UUID(random.nextLong(), random.nextLong()),
                owner,
                time,
                "query " + random.nextInt(),
                random.nextInt(50) == 0 ? 0 : (int) Math.exp(5 + 1.5 * random.nextGaussian()),
                random.nextInt(4) == 0 ? null : random.nextInt(4_000),
                random.nextInt(5) == 0 ? null : "c" + random.nextInt(60),
                agent ? random.nextDouble() : null,
                agent ? recommendation() : null,
                agent ? random.nextInt(4) : null,
                agent ? random.nextInt(9) : null,
                model());
    }

    private Instant time() {
        long most = LENGTH.toMillis() * 1_000;
        long micros =
                (long) (random.nextBoolean() ? most * random.nextDouble() : most / 4.0 * (2 + random.nextDouble()));
        return FIRST.plus(Duration.ofNanos(micros * 1_000));
    }

    private Recommendation recommendation() {
        return List.of(Recommendation.values()).get(random.nextInt(random.nextBoolean() ? 1 : 4));
    }

    private @Nullable String model() {
        int number = random.nextInt(4);
        return number == 3 ? null : "model-" + number;
    }

    List<Answered> of(Owner owner, int count) {
        List<Answered> logs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            logs.add(of(owner, time()));
        }
        return logs;
    }
}
