package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.postgres.SearchIndexState;
import dev.verbatim.search.Found;
import dev.verbatim.search.Scan;
import dev.verbatim.search.SearchHit;
import dev.verbatim.search.SearchQuery;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Searching what PostgreSQL holds, indexed or not yet. */
class SearchTest {
    private static String database;
    private static HybridHistoryStore store;
    private static SearchIndexState index;

    @BeforeAll
    static void open() {
        database = RealServers.newDatabase();
        store = HybridHistoryStore.open(HistoryConfig.of(database, RealServers.emptyRedis()));
        index = new SearchIndexState(database);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static void say(Owner owner, String conversation, String... texts) {
        for (String text : texts) {
            store.append(owner, conversation, List.of(NewMessage.of("user", text)), AppendOptions.CREATE);
        }
    }

    private static List<SearchHit> hits(Owner owner, String query) {
        return store.search(owner, SearchQuery.of(query, 1_000, null)).page().data();
    }

    private static List<String> found(Owner owner, String query) {
        return hits(owner, query).stream()
                .filter(hit -> hit.seq() > 0)
                .map(hit -> hit.conversationId() + ":" + hit.seq())
                .toList();
    }

    private static void indexed(Owner owner) {
        Await.until(() -> index.isCaughtUp(owner.id()));
    }

    @Test
    void aMessageIsFoundFromItsAcknowledgementOn() {
        Owner owner = Owner.named("at once");
        for (int i = 0; i < 50; i++) {
            say(owner, "c", "the word zebra" + i);
            assertThat(found(owner, "zebra" + i)).containsExactly("c:" + (i + 1));
        }
    }

    @Test
    void theSameIsFoundBeforeAndAfterItIsIndexedAsByLookingAtEverything() {
        Owner owner = Owner.named("languages");
        say(owner, "c", "München liegt an der Isar", "私は東京都に住んでいます", "ฉันอยู่กรุงเทพมหานคร", "İstanbul ve ısparta");
        say(owner, "d", "في مَدْرَسَة كبيرة", "we won 🎉", "A blue car, not a red one", "Straße");
        List<String> queries = List.of(
                "munchen",
                "東京",
                "京",
                "กรุงเทพ",
                "istanbul",
                "ISPARTA",
                "مدرسة",
                "🎉",
                "\"blue car\"",
                "\"car blue\"",
                "car -red",
                "car -green",
                "strasse or isar",
                "colorless",
                "liegt isa");
        List<List<SearchHit>> before =
                queries.stream().map(query -> hits(owner, query)).toList();
        indexed(owner);
        for (int i = 0; i < queries.size(); i++) {
            SearchQuery query = SearchQuery.of(queries.get(i), 1_000, null);
            List<SearchHit> hits = store.search(owner, query).page().data();
            assertThat(hits).as(queries.get(i)).isEqualTo(before.get(i));
            assertThat(hits).isEqualTo(Scan.of(store, owner, query).page().data());
        }
        assertThat(found(owner, "東京")).containsExactly("c:2");
        assertThat(found(owner, "car -red")).isEmpty();
        assertThat(found(owner, "strasse or isar")).containsExactlyInAnyOrder("c:1", "d:4");
    }

    @Test
    void nobodyFindsWhatIsSomebodyElses() {
        Owner owner = Owner.named("mine");
        say(owner, "c", "my secret pineapple");
        indexed(owner);
        assertThat(found(owner, "pineapple")).containsExactly("c:1");
        assertThat(hits(Owner.named("not mine"), "pineapple")).isEmpty();
    }

    @Test
    void anEditedMessageIsFoundByWhatItSaysNow() {
        Owner owner = Owner.named("edits");
        say(owner, "c", "first walrus", "second giraffe");
        indexed(owner);
        String id =
                store.read(owner, "c", Slice.newest(2)).messages().getFirst().id();
        store.edit(owner, "c", id, MessageEdit.fromJson("{\"content\":\"first ocelot\"}"));
        assertThat(found(owner, "ocelot")).containsExactly("c:1");
        assertThat(found(owner, "walrus")).isEmpty();
        indexed(owner);
        assertThat(found(owner, "ocelot")).containsExactly("c:1");
        assertThat(found(owner, "walrus")).isEmpty();
        assertThat(found(owner, "giraffe")).containsExactly("c:2");
    }

    @Test
    void whatWasTakenAwayIsNotFoundAndWhatFollowsIs() {
        Owner owner = Owner.named("cuts");
        say(owner, "c", "one heron", "two heron");
        say(owner, "d", "three heron");
        indexed(owner);
        store.truncate(owner, "c", 1, AppendOptions.EXISTING);
        assertThat(found(owner, "heron")).containsExactlyInAnyOrder("c:1", "d:1");
        say(owner, "c", "two stork");
        assertThat(found(owner, "stork")).containsExactly("c:2");
        store.delete(owner, "d", AppendOptions.EXISTING);
        assertThat(found(owner, "heron")).containsExactly("c:1");
        indexed(owner);
        assertThat(found(owner, "heron")).containsExactly("c:1");
        assertThat(found(owner, "stork")).containsExactly("c:2");
        Conversation fork = store.fork(owner, "c", OptionalLong.of(1), AppendOptions.EXISTING);
        assertThat(found(owner, "heron")).containsExactlyInAnyOrder("c:1", fork.id() + ":1");
        store.erase(owner);
        assertThat(hits(owner, "heron")).isEmpty();
        assertThat(index.rows(owner.id())).isZero();
    }

    @Test
    void titlesWeighMoreAndFollowTheirChanges() {
        Owner owner = Owner.named("titles");
        store.create(owner, new NewConversation("t", "About badgers", null));
        say(owner, "c", "hello", "badgers badgers badgers");
        List<SearchHit> hits = hits(owner, "badgers");
        indexed(owner);
        assertThat(hits(owner, "badgers")).isEqualTo(hits);
        assertThat(hits.getFirst().messageId()).isNull();
        assertThat(hits.getFirst().conversationId()).isEqualTo("t");
        assertThat(hits.getFirst().snippet()).isEqualTo("About <mark>badgers</mark>");
        assertThat(hits).hasSize(2);
        store.update(owner, "t", ConversationUpdate.NONE.title("About otters"));
        assertThat(hits(owner, "otters")).hasSize(1);
        indexed(owner);
        assertThat(hits(owner, "otters")).hasSize(1);
        assertThat(hits(owner, "badgers")).hasSize(1);
    }

    @Test
    void theBetterAnswerComesFirstAndPagesHaveEachOnce() {
        Owner owner = Owner.named("pages");
        for (int i = 0; i < 60; i++) {
            say(owner, "c" + i % 7, "x".repeat(i % 5 + 1) + " lemon ".repeat(i % 4 + 1) + " tail".repeat(i));
        }
        say(owner, "c0", "lemonade");
        indexed(owner);
        List<String> paged = new ArrayList<>();
        @Nullable String after = null;
        do {
            Found found = store.search(owner, SearchQuery.of("lemon", 7, after));
            found.page().data().forEach(hit -> paged.add(hit.conversationId() + ":" + hit.seq() + ":" + hit.rank()));
            after = found.page().next();
        } while (after != null);
        List<SearchHit> all = hits(owner, "lemon");
        assertThat(paged)
                .isEqualTo(all.stream()
                        .map(hit -> hit.conversationId() + ":" + hit.seq() + ":" + hit.rank())
                        .toList())
                .doesNotHaveDuplicates();
        assertThat(all).extracting(SearchHit::rank).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void aCommonWordGivesTheNewest() {
        Owner owner = Owner.named("common");
        List<NewMessage> many = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            many.add(NewMessage.of("user", "common n" + i));
        }
        store.append(owner, "c", many, AppendOptions.CREATE);
        store.append(owner, "d", many, AppendOptions.CREATE);
        indexed(owner);
        // Two of the thousand on the page are titles.
        assertThat(found(owner, "common"))
                .hasSize(998)
                .contains("d:600", "d:1", "c:600")
                .doesNotContain("c:1");
        assertThat(found(owner, "n599")).containsExactlyInAnyOrder("c:600", "d:600");
        assertThat(found(owner, "n7")).containsExactlyInAnyOrder("c:8", "d:8");
    }

    /** Rare among the newest messages, so that the index is asked, and yet more matches than are ranked. */
    @Test
    void aWordThatWasCommonOnceGivesItsNewest() {
        Owner owner = Owner.named("once-common");
        for (String word : List.of("once", "later")) {
            for (String conversation : List.of("c", "d")) {
                List<NewMessage> many = new ArrayList<>();
                for (int i = 0; i < 600; i++) {
                    many.add(NewMessage.of("user", word + " n" + i));
                }
                store.append(owner, conversation, many, AppendOptions.CREATE);
            }
        }
        indexed(owner);
        assertThat(found(owner, "once n599")).containsExactlyInAnyOrder("c:600", "d:600");
        assertThat(found(owner, "once")).contains("d:600", "d:1", "c:600").doesNotContain("c:1");
    }

    @Test
    void anIndexThatWasLostOrStopsHalfWayIsMadeAgain() {
        Owner owner = Owner.named("lost");
        say(owner, "c", "an old albatross");
        indexed(owner);
        index.lose();
        say(owner, "d", "a new albatross");
        assertThat(found(owner, "albatross")).containsExactlyInAnyOrder("c:1", "d:1");
        indexed(owner);
        assertThat(found(owner, "albatross")).containsExactlyInAnyOrder("c:1", "d:1");
        assertThat(index.rows(owner.id())).isPositive();
    }
}
