package dev.verbatim.postgres;

import static dev.verbatim.postgres.TestLog.ALICE;
import static dev.verbatim.postgres.TestLog.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.Conversation;
import dev.verbatim.ConversationGoneException;
import dev.verbatim.ConversationKey;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.ConversationUpdate;
import dev.verbatim.Created;
import dev.verbatim.GenerationChangedException;
import dev.verbatim.InvalidInputException;
import dev.verbatim.ListCursor;
import dev.verbatim.ListQuery;
import dev.verbatim.NewConversation;
import dev.verbatim.Owner;
import dev.verbatim.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConversationsTest {
    private static TestLog test;

    @BeforeAll
    static void open() {
        test = TestLog.open();
    }

    @AfterAll
    static void close() {
        test.close();
    }

    @Test
    void makingOneTwiceGivesTheFirst() {
        Created first = test.log().create(ALICE, new NewConversation("twice", "First", "{\"n\": 1.0}"));
        Created second = test.log().create(ALICE, new NewConversation("twice", "Second", null));

        assertThat(first.created()).isTrue();
        assertThat(second.created()).isFalse();
        assertThat(second.conversation()).isEqualTo(first.conversation());
        assertThat(first.conversation().metadata()).isEqualTo("{\"n\":1.0}");
        assertThat(test.log().get(ConversationKey.of(ALICE, "twice")).answer()).contains(first.conversation());
    }

    @Test
    void anOwnerWithoutAnAccountIsRefused() {
        Owner nobody = Owner.registered(UUID.randomUUID());

        assertThatThrownBy(() -> test.log().create(nobody, NewConversation.withId("c")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no user");
        assertThatThrownBy(() -> test.append(nobody, "c", user("x"))).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aLateRetryDoesNotBringADeletedOneBackButAnExplicitCreateDoes() throws Exception {
        long first = test.append("gone", user("a").withId("m")).gen();
        ConversationKey key = ConversationKey.of(ALICE, "gone");
        long deletion = test.log().delete(key, OptionalLong.empty()).orElseThrow();

        assertThat(deletion).isGreaterThan(first);
        assertThat(test.column("SELECT kind || gen FROM change_log WHERE id = '" + key.id() + "' AND gen <> " + first))
                .containsExactly("conversation" + deletion);
        assertThat(test.number("SELECT count(*) FROM messages WHERE conversation_id = '" + key.id() + "'"))
                .isZero();
        assertThatThrownBy(() -> test.append("gone", user("a").withId("m")))
                .isInstanceOf(ConversationGoneException.class);
        assertThat(test.log().delete(key, OptionalLong.empty())).isEmpty();

        Conversation again =
                test.log().create(ALICE, NewConversation.withId("gone")).conversation();
        assertThat(again.gen()).isGreaterThan(deletion);
        assertThat(again.lastSeq()).isZero();
        assertThat(test.append("gone", user("a").withId("m")).lastSeq()).isEqualTo(1);
    }

    @Test
    void afterADayAnAppendMayUseADeletedIdAgain() throws Exception {
        test.append("day", user("a"));
        ConversationKey key = ConversationKey.of(ALICE, "day");
        long deletion = test.log().delete(key, OptionalLong.empty()).orElseThrow();
        test.sql("UPDATE deleted_conversations SET deleted_at = now() - interval '25 hours' WHERE id = '" + key.id()
                + "'");

        assertThat(test.append("day", user("b")).gen()).isGreaterThan(deletion);
        assertThat(test.all("day")).hasSize(1);
    }

    @Test
    void deletionsAreForgottenAfterADay() throws Exception {
        test.sql("INSERT INTO deleted_conversations SELECT gen_random_uuid(), gen_random_uuid(),"
                + " now() - interval '25 hours' FROM generate_series(1, 100)");
        for (int i = 0; i < 64; i++) {
            test.log().create(ALICE, NewConversation.withId("brief" + i));
            test.log().delete(ConversationKey.of(ALICE, "brief" + i), OptionalLong.empty());
        }

        assertThat(test.number(
                        "SELECT count(*) FROM deleted_conversations WHERE deleted_at < now() - interval '1 day'"))
                .isZero();
        assertThat(test.number("SELECT count(*) FROM deleted_conversations")).isGreaterThanOrEqualTo(64);
    }

    @Test
    void changesInsistOnAGenerationWhenAsked() {
        long gen = test.append("insist", user("a")).gen();
        ConversationKey key = ConversationKey.of(ALICE, "insist");

        assertThatThrownBy(() -> test.log()
                        .update(
                                key,
                                "insist",
                                ConversationUpdate.NONE.title("x").ifGen(gen + 1)))
                .isInstanceOf(GenerationChangedException.class);
        assertThatThrownBy(() -> test.log().delete(key, OptionalLong.of(gen + 1)))
                .isInstanceOf(GenerationChangedException.class);
        assertThat(test.log()
                        .update(
                                key,
                                "insist",
                                ConversationUpdate.NONE.title("x").ifGen(gen))
                        .title())
                .isEqualTo("x");
        assertThat(test.log().delete(key, OptionalLong.of(gen))).isPresent();
        assertThatThrownBy(() -> test.log().update(key, "insist", ConversationUpdate.NONE.title("x")))
                .isInstanceOf(ConversationNotFoundException.class)
                .hasMessageContaining("insist");
    }

    @Test
    void anUpdateChangesOnlyWhatItSetsAndNotTheActivity() {
        Conversation before = test.log()
                .create(ALICE, new NewConversation("update", "Old", "{\"a\":1}"))
                .conversation();
        ConversationKey key = ConversationKey.of(ALICE, "update");
        Conversation titled = test.log().update(key, "update", ConversationUpdate.NONE.title(null));
        Conversation both = test.log()
                .update(key, "update", ConversationUpdate.NONE.title("New").metadata(null));

        assertThat(titled.title()).isNull();
        assertThat(titled.metadata()).isEqualTo("{\"a\":1}");
        assertThat(both.title()).isEqualTo("New");
        assertThat(both.metadata()).isEqualTo("{}");
        assertThat(both.updatedAt()).isEqualTo(before.updatedAt());
        assertThat(both.gen()).isEqualTo(before.gen());
    }

    @Test
    void pagesShowEachUntouchedConversationOnceWhileOthersAreTouched() throws Exception {
        Owner owner = Owner.named("lister");
        for (int i = 0; i < 500; i++) {
            test.log().create(owner, NewConversation.withId("c" + i));
        }
        // Many in the same instant, over several minutes: the order must be whole.
        test.sql(
                "UPDATE conversations SET updated_at = u, active_minute = date_trunc('minute', u) FROM (SELECT id AS i,"
                        + " timestamptz '2026-01-01 12:00+00' + interval '20 seconds' * (row_number() OVER (ORDER BY id) / 7) AS u"
                        + " FROM conversations WHERE user_id = '" + owner.id() + "') AS t WHERE id = t.i");
        Set<String> seen = new HashSet<>();
        List<Instant> times = new ArrayList<>();
        int doubled = 0;
        String next = null;
        int page = 0;
        do {
            Page<Conversation> some =
                    test.log().list(owner.id(), new ListQuery(30, next, null)).answer();
            for (Conversation one : some.data()) {
                doubled += seen.add(one.id()) ? 0 : 1;
                times.add(one.updatedAt());
            }
            // Touched ones go to the top, behind the reader.
            test.append(owner, some.data().getLast().id(), user("again"));
            next = some.next();
            page++;
        } while (next != null);

        assertThat(seen).hasSize(500);
        assertThat(doubled).isZero();
        assertThat(page).isEqualTo(17);
        assertThat(times).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(test.log()
                        .list(owner.id(), ListQuery.newest(1))
                        .answer()
                        .data()
                        .getFirst()
                        .lastSeq())
                .isEqualTo(1);
    }

    @Test
    void titlesAreSearchedInAnyCaseAndAsTheyAreWritten() {
        Owner owner = Owner.named("searcher");
        test.log().create(owner, new NewConversation("1", "Große ÄPFEL 100%_x", null));
        test.log().create(owner, new NewConversation("2", "other", null));
        test.log().create(owner, new NewConversation("3", null, null));

        for (String part : List.of("äpfel", "GROßE", "%_", "", "x\u0000".substring(0, 1))) {
            assertThat(test.log()
                            .list(owner.id(), new ListQuery(10, null, part))
                            .answer()
                            .data())
                    .extracting(Conversation::id)
                    .contains("1");
        }
        assertThat(test.log()
                        .list(owner.id(), new ListQuery(10, null, "a%l"))
                        .answer()
                        .data())
                .isEmpty();
        assertThat(test.log()
                        .list(owner.id(), new ListQuery(10, null, "\u0000"))
                        .answer()
                        .data())
                .isEmpty();
    }

    @Test
    void aPlaceThatNoPageGaveIsRefused() {
        String far = new ListCursor(Instant.parse("+12000-01-01T00:00:00Z"), UUID.randomUUID()).encode();

        for (String bad : List.of("", "5", "?", "AAAA", far)) {
            assertThatThrownBy(() -> test.log().list(ALICE.id(), new ListQuery(10, bad, null)))
                    .isInstanceOfSatisfying(
                            InvalidInputException.class,
                            e -> assertThat(e.param()).isEqualTo("after"));
        }
    }

    @Test
    void erasingTakesAllOfAUserAndNothingOfOthers() throws Exception {
        Owner owner = Owner.named("leaver");
        Set<ConversationKey> keys = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            test.append(owner, "c" + i, user("a"), user("b"));
            keys.add(ConversationKey.of(owner, "c" + i));
        }
        test.append(Owner.named("stayer"), "c1", user("a"));
        test.sql("INSERT INTO query_logs (user_id, id, response_time_ms, query) SELECT '" + owner.id()
                + "', gen_random_uuid(), 1, 'q' FROM generate_series(1, 100)");

        assertThat(test.erase(owner)).containsExactlyInAnyOrderElementsOf(keys);
        for (String table : List.of("conversations", "messages", "query_logs")) {
            assertThat(test.number("SELECT count(*) FROM " + table + " WHERE user_id = '" + owner.id() + "'"))
                    .isZero();
        }
        assertThat(test.number("SELECT count(*) FROM users WHERE id = '" + owner.id() + "'"))
                .isZero();
        assertThat(test.number(
                        "SELECT count(*) FROM change_log WHERE kind = 'user' AND user_id = '" + owner.id() + "'"))
                .isPositive();
        assertThat(test.all(Owner.named("stayer"), "c1")).hasSize(1);
        assertThatThrownBy(() -> test.append(owner, "c1", user("late"))).isInstanceOf(ConversationGoneException.class);
        assertThat(test.erase(owner)).isEmpty();
        assertThatThrownBy(() -> test.append(owner, "new", user("late"))).isInstanceOf(ConversationGoneException.class);
        assertThat(test.number("SELECT count(*) FROM users WHERE id = '" + owner.id() + "'"))
                .isZero();
        test.log().create(owner, NewConversation.withId("c1"));
        assertThat(test.append(owner, "new", user("back again")).lastSeq()).isEqualTo(1);
    }

    @Test
    void nothingIsMadeForAUserWhoIsBeingErased() throws Exception {
        Owner owner = Owner.named("marked");
        test.append(owner, "c", user("a"));
        test.sql("UPDATE users SET erased_at = now() WHERE id = '" + owner.id() + "'");

        assertThatThrownBy(() -> test.append(owner, "d", user("x"))).isInstanceOf(ConversationGoneException.class);
        assertThatThrownBy(() -> test.log().create(owner, NewConversation.withId("d")))
                .isInstanceOf(ConversationGoneException.class);
        assertThat(test.erase(owner)).hasSize(1);
    }
}
