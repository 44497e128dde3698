package dev.verbatim.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoCommandTest {
    @Test
    void showsEverythingAndLeavesNothingBehind() throws IOException {
        long before = left();
        PrintStream formerOut = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        int status;
        try {
            status = new CommandLine(new DemoCommand()).execute();
        } finally {
            System.setOut(formerOut);
        }

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("messages stored, each on disk", "0 conversations differ", "nothing is lost", "Try next")
                .containsPattern("cold: .* 100 reads, 0 of them from Redis")
                .containsPattern("hot: .* 100 reads, 100 of them from Redis");
        assertThat(status).isZero();
        assertThat(left()).isEqualTo(before);
    }

    private static long left() throws IOException {
        Path top = Path.of(System.getProperty("java.io.tmpdir"));
        long count = 0;
        try (DirectoryStream<Path> found = Files.newDirectoryStream(top, "verbatim-demo-*")) {
            for (Path ignored : found) {
                count++;
            }
        }
        return count;
    }
}
