package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Conversation;
import dev.verbatim.ListQuery;
import dev.verbatim.Owner;
import dev.verbatim.Page;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Prints how long each page of the list of a user's 10,000 conversations takes, beside a hundred other users; when they were
 * last active over months, and when all were in one minute, as after an import. Run by {@code make list}.
 */
@Tag("slow")
class ListBench {
    private static final int CONVERSATIONS = 10_000;
    private static final int ROUNDS = 5;

    /** At least so many are looked at. */
    private static final int PAGES = 200;

    private final TestLog test = TestLog.open();
    private final Owner owner = Owner.named("many");

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void pagesOfTenThousandConversations() throws SQLException {
        for (int i = 0; i < 100; i++) {
            fill(Owner.named("other" + i), 100, "1 hour");
        }
        fill(owner, CONVERSATIONS, "10 minutes");
        test.sql("VACUUM ANALYZE");
        all("over months");
        test.sql("UPDATE conversations SET active_minute = '2026-01-01 00:00Z',"
                + " updated_at = '2026-01-01 00:00Z'::timestamptz + random() * interval '59 seconds'"
                + " WHERE user_id = '" + owner.id() + "'");
        test.sql("VACUUM ANALYZE");
        all("in one minute");
    }

    private void all(String when) {
        for (int limit : new int[] {20, 100}) {
            pages("warm-up", limit, null, false);
            pages(when + ", limit=" + limit, limit, null, true);
        }
        pages(when + ", limit=20, q in one of ten titles", 20, "word7", true);
        pages(when + ", limit=20, q in no title", 20, "nothing", true);
    }

    private void pages(String what, int limit, @Nullable String words, boolean print) {
        List<Long> nanos = new ArrayList<>();
        for (int round = 0; round < ROUNDS || nanos.size() < PAGES; round++) {
            int listed = 0;
            String next = null;
            do {
                long began = System.nanoTime();
                Page<Conversation> page = test.log()
                        .list(owner.id(), new ListQuery(limit, next, words))
                        .answer();
                nanos.add(System.nanoTime() - began);
                listed += page.data().size();
                next = page.next();
            } while (next != null);
            assertThat(listed).isEqualTo(words == null ? CONVERSATIONS : listed);
        }
        nanos.sort(null);
        if (print) {
            System.out.printf(
                    Locale.ROOT,
                    "%-50s %5d pages, ms: p50 %.2f, p95 %.2f, max %.2f%n",
                    what,
                    nanos.size(),
                    nanos.get(nanos.size() / 2) / 1e6,
                    nanos.get(nanos.size() * 95 / 100) / 1e6,
                    nanos.getLast() / 1e6);
        }
    }

    /** As appends would have left them: five messages each, the last active {@code apart} from each other. */
    private void fill(Owner who, int conversations, String apart) throws SQLException {
        test.sql("INSERT INTO users (id, namespace, name) VALUES ('" + who.id() + "', 'bench', '" + who.id() + "')");
        test.sql("INSERT INTO conversations (user_id, id, created_at, updated_at, active_minute, last_seq, gen,"
                + " external_id, title) SELECT '" + who.id()
                + "', gen_random_uuid(), t, t, date_trunc('minute', t, 'UTC'),"
                + " 5, i, 'c' || i, 'A title with word' || i % 10 || ' of ' || i FROM (SELECT i, now() - i * interval '"
                + apart + "' AS t FROM generate_series(1, " + conversations + ") AS i) AS made");
        test.sql(
                "INSERT INTO messages (user_id, conversation_id, seq, created_at, role, body) SELECT c.user_id, c.id, s,"
                        + " c.created_at, 'user', '{\"content\":\"' || repeat('words of message ' || s || ' ', 12) || '\"}'"
                        + " FROM conversations c, generate_series(1, 5) AS s WHERE c.user_id = '" + who.id() + "'");
    }
}
