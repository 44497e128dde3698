package dev.verbatim.server.doctor;

import dev.verbatim.StoreStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the service itself is well. */
final class ServiceChecks {
    private ServiceChecks() {}

    /**
     * @param where its address
     * @param status what it says; empty when none runs there
     */
    static List<Finding> of(String where, Optional<StoreStatus> status) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.of(
                "the service answers",
                status.isPresent(),
                (status.isPresent() ? "at " : "nothing at ") + where,
                "It is what applications call.",
                "Start it with ./verbatim serve; when it runs elsewhere, set HOST and PORT, or ask GET /api/admin/doctor"
                        + " there."));
        status.ifPresent(said -> {
            findings.add(changes(said));
            findings.add(trusted(said));
        });
        return findings;
    }

    private static Finding changes(StoreStatus said) {
        return Finding.of(
                "the service knows what other servers changed",
                said.behind().toMillis() <= 1000,
                "its last look began " + said.behind().toMillis() + " ms ago",
                "It looks every 100 ms; after a second without a look reads come from PostgreSQL.",
                "PostgreSQL is slow or away, or the service lacks CPU: see the answers above and the load of the machine.");
    }

    private static Finding trusted(StoreStatus said) {
        return Finding.of(
                "the service reads from Redis",
                said.trusted(),
                said.trusted() ? "it does" : "Redis " + (said.cache() ? "answers but is not trusted" : "is away"),
                "Only a Redis that surely holds nothing old is read from.",
                "Wait a few seconds; if it stays so, see the service's log for what it says of Redis.");
    }
}
