package dev.verbatim.server.importing.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PickleTest {
    private static final long MEMORY = 64 << 20;

    private static Object read(byte[] pickle) throws IOException {
        return Pickle.read(new ByteArrayInputStream(pickle), pickle.length, MEMORY);
    }

    /** Each character a byte. */
    private static Object read(String pickle) throws IOException {
        return read(pickle.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String json(String pickle) throws IOException {
        return PickleJson.write(read(pickle), 1 << 20);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = PickleTest.class.getResourceAsStream("/import/pickles/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "protocol-0",
                "protocol-1",
                "protocol-2",
                "protocol-3",
                "protocol-4",
                "protocol-5",
                "factory-class",
                "factory-function",
                "factory-none",
                "factory-plain"
            })
    void readsWhatPythonWrote(String name) throws IOException {
        var sessions = ((PickleValue.Dict) read(resource(name + ".pkl"))).entries();

        assertThat(sessions.keySet()).as("in their order").containsExactly("b", "a", "c", "empty", 17L);
        assertThat(sessions.values().stream()
                        .map(messages -> PickleJson.write(messages, 1 << 20))
                        .collect(Collectors.joining("\n")))
                .isEqualTo("""
                        [{"role":"user","content":"Grüße 世界 😀\\n\\\\u0041'\\""}]
                        [{"role":"user","content":null},\
                        {"role":"tool","n":[1,-2,1099511627776,-1180591620717411303424,1.5,true,false]}]
                        [{"role":"assistant","content":"\ud83d"},{"role":"user","content":"%s"}]
                        []
                        [{"role":"user","z":{},"y":[]}]""".formatted("x".repeat(300)));
    }

    @Test
    void readsWhatPython2Wrote() throws IOException {
        assertThat(json("(dp0\nS's\\xc3\\xbc\"'\np1\n(lp2\n(dp3\nS'role'\np4\nS\"it's\\\\n\"\nsaI01\nas."))
                .isEqualTo("{\"sü\\\"\":[{\"role\":\"it's\\\\n\"},true]}");
        assertThat(json("}q\u0000U\u0001aT\u0002\u0000\u0000\u0000his.")).isEqualTo("{\"a\":\"hi\"}");
        assertThat(json("ccollections\ndeque\n((lVa\naVb\natR.")).isEqualTo("[\"a\",\"b\"]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    cos\\nsystem\\n(S'id'\\ntR.                                      | os.system
                    cposix\\nsystem\\n(VX\\ntR.                                      | posix.system
                    c__builtin__\\neval\\n(V1\\ntR.                                  | __builtin__.eval
                    \\x80\\x04\\x8c\\x08builtins\\x8c\\x04exec\\x93\\x8c\\x01x\\x85R. | builtins.exec
                    (S'id'\\nios\\nsystem\\n.                                        | os.system
                    (cos\\nsystem\\nS'id'\\no.                                       | os.system
                    \\x80\\x02csubprocess\\nPopen\\n)\\x81.                          | subprocess.Popen
                    \\x80\\x04cshutil\\nrmtree\\n)}\\x92.                            | shutil.rmtree
                    c__main__\\nMessage\\n}b.                                        | __main__.Message
                    cfunctools\\npartial\\n(cos\\nsystem\\nS'id'\\ntR(tR.            | a call of what is no class's name
                    cbuiltins\\ngetattr\\n(cos\\nsystem\\nS'__call__'\\ntR.          | builtins.getattr
                    c_codecs\\nencode\\n(Va\\nVlatin1\\ntR.                          | _codecs.encode
                    ccollections\\nCounter\\n(tR.                                    | collections.Counter
                    cdatetime\\ndatetime\\n(tR.                                      | datetime.datetime
                    Pevil\\n.                                                        | a persistent id
                    \\x80\\x02\\x82\\x01.                                            | the extension registry
                    \\x80\\x05\\x97.                                                 | a buffer outside of it
                    \\x80\\x04\\x8f.                                                 | a set
                    ]}Va\\nI1\\nsb.                                                  | attributes to be set
                    cos\\rx\\nsystem\\x1b[2J\\n(tR.                                  | os?x.system?[2J
                    """)
    void refusesByNameWhatItWouldHaveToRun(String pickle, String named) {
        assertThatThrownBy(() -> read(unescaped(pickle)))
                .isInstanceOf(PickleException.class)
                .hasMessageStartingWith("the pickle asks for ")
                .hasMessageContaining(named)
                .hasMessageContaining("refused");
    }

    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\x", i)) {
                out.append((char) Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 3;
            } else if (text.startsWith("\\n", i) || text.startsWith("\\r", i)) {
                out.append(text.charAt(++i) == 'n' ? '\n' : '\r');
            } else {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }

    @Test
    void neverCallsAFactory() throws IOException {
        String factory = "cfunctools\npartial\n(cos\nsystem\ntR((cos\nsystem\n(S'id'\nt}NtNtb";

        assertThat(json("ccollections\ndefaultdict\n(" + factory + "tR(Va\n(lu."))
                .isEqualTo("{\"a\":[]}");
        assertThat(json("ccollections\ndefaultdict\n(cos\nsystem\ntR(Va\n(lu.")).isEqualTo("{\"a\":[]}");
    }

    @Test
    void refusesWhatHasNoPlaceInJson() {
        assertThatThrownBy(() -> json("(lcos\nsystem\na.")).hasMessage("holds os.system, which JSON has not");
        assertThatThrownBy(() -> json("(lFnan\na.")).hasMessageContaining("NaN");
        assertThatThrownBy(() -> json("(lC\u0001\u00ffa.")).hasMessage("holds bytes, which JSON has not");
        assertThatThrownBy(() -> json("(dI1\nI2\ns.")).hasMessage("a dict has a key that is no text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\x80\\x04\\x8d\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x3fabc.",
                "\\x80\\x04\\x8d\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xffabc.",
                "X\\xff\\xff\\xff\\x7fabc.",
                "B\\xff\\xff\\xff\\xffabc.",
                "\\x8b\\xff\\xff\\xff\\x7f.",
                "Vabc",
                ""
            })
    void makesNothingOfALengthThatLies(String pickle) {
        assertThatThrownBy(() -> read(unescaped(pickle)))
                .isInstanceOf(PickleException.class)
                .hasMessageStartingWith("the pickle says that more follows than it holds");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.",
                "0.",
                ".",
                "u.",
                "e.",
                "h\\x05.",
                "gx\\n.",
                "NNs.",
                "(NNe.",
                "(Nd.",
                "I1x\\n.",
                "Fx\\n.",
                "F\\n.",
                "S'a\\n.",
                "V\\\\uzz\\n.",
                "X\\x01\\x00\\x00\\x00\\xff.",
                "}}Ns.",
                "N\\x93.",
                "NR.",
                "\\x80\\x06.",
                "\\xfe.",
                "(d}Ns."
            })
    void saysOfABrokenOneWhatIsBroken(String pickle) {
        assertThatThrownBy(() -> read(unescaped(pickle.replace("\\\\", "\\"))))
                .isInstanceOf(PickleException.class)
                .hasMessageMatching("(the|a text of the) pickle .+");
    }

    @Test
    void doesNotUnfoldWhatHoldsTheSameThingOverAndOver() {
        StringBuilder bomb = new StringBuilder("(lVxxxxxxxxxx\na");
        for (int i = 0; i < 60; i++) {
            bomb.append("p1\n0(lg1\nag1\na");
        }
        assertThatThrownBy(() -> json(bomb + ".")).hasMessage("longer than 1 MiB");
        assertThatThrownBy(() -> json("(lp0\ng0\na.")).hasMessageStartingWith("nested more than");
    }

    @Test
    void takesNoMoreMemoryThanItMay() {
        for (byte[] many :
                new byte[][] {repeated("]", 2_000_000), repeated("(", 2_000_000), repeated("Nq\u0000", 900_000)}) {
            assertThatThrownBy(() -> read(many)).hasMessageContaining("more memory than there is");
        }
        String copies =
                "ccollections\ndeque\np1\n0(l" + "Na".repeat(50_000) + "p0\n0" + "g1\n(g0\ntR0".repeat(10_000) + "N.";
        assertThatThrownBy(() -> read(copies)).hasMessageContaining("more memory than there is");
    }

    private static byte[] repeated(String what, int times) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = what.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < times; i++) {
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void aPlaceInTheMemoMayHaveAnyNumber() throws IOException {
        assertThat(json("(lVa\nr\u00ff\u00ff\u00ff\u00ffaj\u00ff\u00ff\u00ff\u00ffa."))
                .isEqualTo("[\"a\",\"a\"]");
    }
}
