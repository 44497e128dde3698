package dev.verbatim.server.telemetry;

import dev.verbatim.StoreListener;
import dev.verbatim.StoreLoad;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** Counts and times what a store does. Thread-safe. */
public final class StoreMetrics implements StoreListener {
    private static final Duration[] TIMES = {
        Duration.ofNanos(100_000),
        Duration.ofNanos(250_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
    };
    private static final double[] SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256};

    private final Map<Call, Timer> answered = new EnumMap<>(Call.class);
    private final Map<Call, Timer> failed = new EnumMap<>(Call.class);
    private final Timer batches;
    private final Timer failedBatches;
    private final DistributionSummary appends;
    private final DistributionSummary messages;
    private final Counter stored;
    private final Counter refused;
    private final Counter confirmed;
    private final Counter unconfirmed;

    /**
     * Meters in {@code registry}.
     *
     * @param load how busy the store is just now
     */
    public StoreMetrics(MeterRegistry registry, Supplier<StoreLoad> load) {
        for (Call call : Call.values()) {
            answered.put(call, call(registry, call, "answered"));
            failed.put(call, call(registry, call, "failed"));
        }
        batches = batch(registry, "stored");
        failedBatches = batch(registry, "failed");
        appends = sizes(registry, "verbatim.append.batch.size", "Appends that went through one transaction together");
        messages = sizes(registry, "verbatim.append.batch.messages", "Messages in one transaction");
        stored = counter(registry, "verbatim.cache.fills", "Fills of entries in Redis", "stored");
        refused = counter(registry, "verbatim.cache.fills", "Fills of entries in Redis", "refused");
        confirmed = counter(registry, "verbatim.cache.applies", "Commits that Redis was told of", "confirmed");
        unconfirmed = counter(registry, "verbatim.cache.applies", "Commits that Redis was told of", "unconfirmed");
        loads(registry, load);
    }

    @Override
    public void called(Call call, long began, boolean hasFailed) {
        Timer timer = Objects.requireNonNull((hasFailed ? failed : answered).get(call));
        timer.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    @Override
    public void batch(int appendCount, int messageCount, long began, boolean hasFailed) {
        (hasFailed ? failedBatches : batches).record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        appends.record(appendCount);
        messages.record(messageCount);
    }

    @Override
    public void filled(boolean isStored) {
        (isStored ? stored : refused).increment();
    }

    @Override
    public void applied(int changes, int unconfirmedChanges) {
        confirmed.increment(changes - unconfirmedChanges);
        unconfirmed.increment(unconfirmedChanges);
    }

    private static void loads(MeterRegistry registry, Supplier<StoreLoad> load) {
        String pool = "verbatim.postgres.connections";
        String open = "Open connections to PostgreSQL by state";
        gauge(registry, load, pool, open, "active", StoreLoad::activeConnections);
        gauge(registry, load, pool, open, "idle", StoreLoad::idleConnections);
        gauge(
                registry,
                load,
                "verbatim.postgres.connections.max",
                "Connections to PostgreSQL at most",
                StoreLoad::mostConnections);
        gauge(
                registry,
                load,
                "verbatim.postgres.connections.waiting",
                "Threads that wait for a connection",
                StoreLoad::waitingForConnection);
        gauge(
                registry,
                load,
                "verbatim.appends.waiting",
                "Appends that wait or are under way",
                StoreLoad::appendsWaiting);
        refused(registry, load, "reads", StoreLoad::refusedReads);
        refused(registry, load, "appends", StoreLoad::refusedAppends);
        String breakers = "verbatim.redis.breakers";
        String nodes = "Nodes of Redis by the state of their circuit breaker";
        gauge(registry, load, breakers, nodes, "closed", StoreLoad::closedBreakers);
        gauge(registry, load, breakers, nodes, "half_open", StoreLoad::halfOpenBreakers);
        gauge(registry, load, breakers, nodes, "open", StoreLoad::openBreakers);
    }

    private static void refused(
            MeterRegistry registry, Supplier<StoreLoad> load, String what, ToLongFunction<StoreLoad> of) {
        FunctionCounter.builder("verbatim.refused", registry, any -> of.applyAsLong(load.get()))
                .description("Calls that were refused because too many waited for PostgreSQL")
                .tag("what", what)
                .register(registry);
    }

    private static void gauge(
            MeterRegistry registry,
            Supplier<StoreLoad> load,
            String name,
            String description,
            ToIntFunction<StoreLoad> of) {
        Gauge.builder(name, () -> of.applyAsInt(load.get()))
                .description(description)
                .register(registry);
    }

    private static void gauge(
            MeterRegistry registry,
            Supplier<StoreLoad> load,
            String name,
            String description,
            String state,
            ToIntFunction<StoreLoad> of) {
        Gauge.builder(name, () -> of.applyAsInt(load.get()))
                .description(description)
                .tag("state", state)
                .register(registry);
    }

    private static Timer call(MeterRegistry registry, Call call, String outcome) {
        return Timer.builder("verbatim.store.calls")
                .description("Calls to PostgreSQL and Redis by what they are for")
                .tag("call", call.name().toLowerCase(Locale.ROOT))
                .tag("outcome", outcome)
                .serviceLevelObjectives(TIMES)
                .register(registry);
    }

    private static Timer batch(MeterRegistry registry, String outcome) {
        return Timer.builder("verbatim.append.batch")
                .description("Transactions of appends")
                .tag("outcome", outcome)
                .serviceLevelObjectives(TIMES)
                .register(registry);
    }

    private static DistributionSummary sizes(MeterRegistry registry, String name, String description) {
        return DistributionSummary.builder(name)
                .description(description)
                .serviceLevelObjectives(SIZES)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description, String result) {
        return Counter.builder(name)
                .description(description)
                .tag("result", result)
                .register(registry);
    }
}
