package dev.verbatim.server.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PiecesTest {
    private static Pieces pieces(String file, int longest) {
        InputStream bytes = new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));
        return new Pieces(
                new FilterInputStream(bytes) {
                    @Override
                    public int read(byte[] into) throws IOException {
                        return super.read(into, 0, 3);
                    }
                },
                longest);
    }

    private static List<String> all(String file) throws IOException {
        Pieces pieces = pieces(file, 1000);
        List<String> all = new ArrayList<>();
        while (pieces.next()) {
            byte[] text = pieces.text();
            String value = text == null ? "too long" : new String(text, StandardCharsets.UTF_8);
            all.add(new String(pieces.name(), StandardCharsets.UTF_8) + value);
        }
        if (pieces.fault() != null) {
            all.add(pieces.fault());
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    [{"a":"]}\\\\"["}, [1,2],3 ,"x",null]      | {"a":"]}\\\\"["};[1,2];3;"x";null
                    \uFEFF[1]                                   | 1
                    []                                          | ``
                    {}                                          | ``
                    {"a":[1], "b" : {"c":2},"d":"e","f":-1e5}   | "a"[1];"b"{"c":2};"d""e";"f"-1e5
                    [{"a":oops},{"b":[1}},{"c":1}]              | {"a":oops};{"b":[1}};{"c":1}
                    [{"a":1}},{"c":1}]                          | {"a":1};};{"c":1}
                    [{"a":1},{"b":                              | {"a":1};{"b":;the file ends in the middle
                    [{"a":1}                                    | {"a":1};the file ends in the middle
                    [1][2]                                      | 1;there is something behind the end of the list
                    """)
    void cutsAtTheOutermostLevelAndGoesOnBehindWhatIsBroken(String file, String pieces) throws IOException {
        assertThat(String.join(";", all(file.replace("\\\\", "\\")))).isEqualTo(pieces.replace("\\\\", "\\"));
    }

    @Test
    void passesOverWhatIsTooLongAndReadsTheNext() throws IOException {
        Pieces pieces = pieces("[\"" + "x".repeat(100) + "\",{\"a\":1}]", 50);

        assertThat(pieces.next()).isTrue();
        assertThat(pieces.text()).isNull();
        assertThat(pieces.next()).isTrue();
        assertThat(pieces.text()).asString(StandardCharsets.UTF_8).isEqualTo("{\"a\":1}");
        assertThat(pieces.bytes()).isEqualTo(8);
        assertThat(pieces.next()).isFalse();
    }
}
