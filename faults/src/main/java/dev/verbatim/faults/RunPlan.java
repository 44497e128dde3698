package dev.verbatim.faults;

import dev.verbatim.faults.load.LoadPlan;
import dev.verbatim.faults.schedule.Schedule;
import dev.verbatim.faults.site.Program;
import dev.verbatim.faults.site.RedisSetup;
import dev.verbatim.faults.site.Site;
import java.util.function.Consumer;

/**
 * What a run does.
 *
 * @param name of its directory
 * @param program what the services are in the beginning
 * @param prepared done once all processes run
 * @param calls how many there are at least: after the last fault the clients go on until then
 * @param redis what the services have for a Redis
 */
record RunPlan(
        String name,
        long seed,
        Program program,
        LoadPlan load,
        Schedule schedule,
        Consumer<Site> prepared,
        long calls,
        RedisSetup redis) {
    /** With one process of Redis. */
    RunPlan(
            String name,
            long seed,
            Program program,
            LoadPlan load,
            Schedule schedule,
            Consumer<Site> prepared,
            long calls) {
        this(name, seed, program, load, schedule, prepared, calls, RedisSetup.SERVER);
    }
}
