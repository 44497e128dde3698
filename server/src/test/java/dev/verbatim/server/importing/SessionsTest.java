package dev.verbatim.server.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.Conversation;
import dev.verbatim.Message;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {
    @TempDir
    private Path directory;

    private final Imported imported = new Imported();

    @AfterEach
    void close() {
        imported.close();
    }

    private Path file(String json) throws IOException {
        return Files.writeString(directory.resolve("sessions"), json);
    }

    private static String session(String id, String... contents) {
        return "\"" + id + "\":"
                + List.of(contents).stream()
                        .map(content -> "{\"role\":\"user\",\"content\":\"" + content + "\"}")
                        .collect(Collectors.joining(",", "[", "]"));
    }

    /** The newest twenty of {@code upTo} messages, most of which say the same. */
    private static String window(int upTo) {
        return "{"
                + session(
                        "s",
                        IntStream.rangeClosed(Math.max(1, upTo - 19), upTo)
                                .mapToObj(SessionsTest::said)
                                .toArray(String[]::new))
                + "}";
    }

    private static String said(int n) {
        return n % 3 == 0 ? "n" + n : "yes";
    }

    private static List<String> said(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(n -> "\"" + said(n) + "\"")
                .toList();
    }

    @Test
    void bringsEverySession() throws IOException {
        ImportReport report =
                imported.bring(file("{\n " + session("b", "one", "two") + " ,\n" + session("a", "three") + "}"));

        assertThat(report).isEqualTo(new ImportReport(2, 3, 0, 0, null));
        assertThat(imported.contents("b")).containsExactly("\"one\"", "\"two\"");
        assertThat(imported.messages("b")).extracting(Message::id).containsExactly("b:1", "b:2");
        assertThat(imported.title("a")).isEqualTo("three");
    }

    @Test
    void callsAnEmptySessionUntitled() throws IOException {
        assertThat(imported.bring(file("{" + session("none") + "}")).exitCode()).isZero();

        assertThat(imported.title("none")).isEqualTo("Untitled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol-0.pkl", "protocol-2.pkl", "protocol-5.pkl", "factory-plain.pkl"})
    void bringsAPickle(String name) throws IOException {
        ImportReport report = imported.bring(Imported.resource(directory, "pickles/" + name));

        assertThat(report).isEqualTo(new ImportReport(5, 6, 0, 0, null));
        assertThat(imported.conversations("ann"))
                .extracting(Conversation::id)
                .containsExactly("17", "a", "b", "c", "empty");
        assertThat(imported.contents("c")).first().isEqualTo("\"\\ud83d\"");
        assertThat(imported.title("empty")).isEqualTo("Untitled");
    }

    @Test
    void readsTheSessionsOfAPickleInTheirOrder() throws IOException {
        List<String> ids = new ArrayList<>();
        try (ConversationSource source = Formats.open(Imported.resource(directory, "pickles/protocol-4.pkl"), "auto")
                .source()) {
            for (Entry entry = source.next(); entry != null; entry = source.next()) {
                ids.add(((Entry.Found) entry).conversation().head().id());
            }
        }
        assertThat(ids).containsExactly("b", "a", "c", "empty", "17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cos\nsystem\n(S'id'\ntR.", "\u0080\u0004cos\nsystem\n(S'id'\ntR.", "(ios\nsystem\n."})
    void refusesAHostilePickleBeforeAnythingIsStored(String pickle) throws IOException {
        Path file = Files.write(directory.resolve("x"), pickle.getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> imported.bring(file))
                .isInstanceOf(ImportStoppedException.class)
                .hasMessageContaining("os.system");
    }

    @Test
    void namesBrokenSessionsAndBringsTheOthers() throws IOException {
        ImportReport report = imported.bring(file("{" + session("a", "1")
                + ",\"b\":[{\"content\":1}],\"c\":7,\"d\":[{\"role\":}]," + session("e", "2") + "}"));

        assertThat(report).isEqualTo(new ImportReport(2, 2, 0, 3, null));
        assertThat(imported.screen.notes)
                .satisfiesExactly(
                        note -> assertThat(note).startsWith("session 2: messages[0] needs a role"),
                        note -> assertThat(note).isEqualTo("session 3: messages must be a list"),
                        note -> assertThat(note).startsWith("session 4: not valid JSON"));
    }

    @Test
    void saysThatTheFileEndsTooEarly() throws IOException {
        ImportReport report = imported.bring(file("{" + session("a", "1") + ","));

        assertThat(report).isEqualTo(new ImportReport(1, 1, 0, 1, null));
        assertThat(imported.screen.notes).containsExactly("behind session 1: the file ends in the middle");
    }

    @Test
    void aSecondImportAppendsWhatFollowsTheStoredPart() throws IOException {
        for (int upTo : new int[] {5, 5, 19, 21, 34, 34, 53}) {
            imported.bring(file(window(upTo)));
            assertThat(imported.contents("s")).as("after " + upTo).isEqualTo(said(1, upTo));
        }
        assertThat(imported.bring(file(window(50))).now())
                .as("an older file again")
                .isZero();
        assertThat(imported.contents("s")).isEqualTo(said(1, 53));
    }

    @Test
    void aSessionOfWhichNothingKnownIsLeftIsAppendedWhole() throws IOException {
        imported.bring(file("{" + session("s", "1", "2") + "}"));
        imported.bring(file("{" + session("s", "7", "8") + "}"));

        assertThat(imported.contents("s")).containsExactly("\"1\"", "\"2\"", "\"7\"", "\"8\"");
    }

    @Test
    void aSecondImportFindsItsPartAlsoWhenTheConversationWentOnHere() throws IOException {
        imported.bring(file("{" + session("s", "1", "2") + "}"));
        imported.store.append(Owner.named("ann"), "s", NewMessage.of("user", "here"));

        ImportReport report = imported.bring(file("{" + session("s", "1", "2", "3") + "}"));

        assertThat(report).isEqualTo(new ImportReport(1, 1, 2, 0, null));
        assertThat(imported.contents("s")).containsExactly("\"1\"", "\"2\"", "\"here\"", "\"3\"");
    }

    @Test
    void whatTheOldServerWroteHereItselfIsNotStoredAgain() throws IOException {
        imported.bring(file("{" + session("s", "1", "2") + "}"));
        imported.store.append(Owner.named("ann"), "s", NewMessage.of("user", "3"));

        ImportReport report = imported.bring(file("{" + session("s", "2", "3", "4") + "}"));

        assertThat(report).isEqualTo(new ImportReport(1, 1, 2, 0, null));
        assertThat(imported.contents("s")).containsExactly("\"1\"", "\"2\"", "\"3\"", "\"4\"");
    }

    @Test
    void aPatternFindsTheUserInTheSessionsId() throws IOException {
        Path file = file("{" + session("ann/1", "x") + "," + session("bob/1", "y") + "," + session("zzz", "z") + "}");

        imported.bring(file, Users.found(Pattern.compile("^([a-z]+)/")));

        assertThat(imported.conversations("ann")).extracting(Conversation::id).containsExactly("ann/1");
        assertThat(imported.conversations("bob")).extracting(Conversation::id).containsExactly("bob/1");
        assertThat(imported.conversations("unknown"))
                .extracting(Conversation::id)
                .containsExactly("zzz");
    }
}
