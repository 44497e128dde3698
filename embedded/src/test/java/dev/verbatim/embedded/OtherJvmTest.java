package dev.verbatim.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the servers with the process that started them. */
@TestMethodOrder(MethodOrderer.Random.class)
class OtherJvmTest {
    @TempDir
    private static Path directory;

    @AfterEach
    void leaveNothing() {
        Orphans.stop(directory.resolve("bin"), Duration.ofMinutes(1), "a test");
    }

    @Test
    void nextStartAfterAKillStopsWhatWasLeftAndHasTheRows() throws Exception {
        List<ProcessHandle> left;
        try (OtherJvm killed = OtherJvm.start(directory)) {
            killed.kill();
            left = Orphans.find(directory.resolve("bin"));
            assertThat(left).isNotEmpty();
        }
        try (var servers = EmbeddedServers.start(EmbeddedConfig.of(directory))) {
            // One that nobody has reaped yet is there still, but runs nothing.
            assertThat(left).noneMatch(process -> Orphans.executable(process).isPresent());
            assertThat(Sql.value(servers.jdbcUrl(), "SELECT n FROM kept")).isEqualTo("42");
        }
        assertThat(Orphans.find(directory.resolve("bin"))).isEmpty();
    }

    @Test
    void ctrlCLeavesTheServersToTheShutdownHook() throws Exception {
        try (OtherJvm other = OtherJvm.start(directory)) {
            other.interruptGroup();
            assertThat(other.readUntil("nothing begins so")).contains(StartAndWait.STILL_SERVING);
        }
        assertThat(Orphans.find(directory.resolve("bin"))).isEmpty();
    }

    @Test
    void twoOnOneDirectory() throws Exception {
        try (OtherJvm other = OtherJvm.start(directory)) {
            assertThatThrownBy(() -> EmbeddedServers.start(EmbeddedConfig.of(directory)))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("pid " + other.pid());
            // Being refused must not have disturbed the owner.
            assertThat(Orphans.find(directory.resolve("bin"))).isNotEmpty();
        }
    }

    @Test
    void startedTwiceAtOnceOneIsRefused() throws Exception {
        try (OtherJvm first = OtherJvm.launch(directory);
                OtherJvm second = OtherJvm.launch(directory)) {
            String one = first.readUntil(StartAndWait.READY);
            String two = second.readUntil(StartAndWait.READY);
            assertThat(List.of(one.contains(StartAndWait.READY), two.contains(StartAndWait.READY)))
                    .containsExactlyInAnyOrder(true, false);
            assertThat(one + two).containsAnyOf("pid " + first.pid(), "pid " + second.pid());
        }
    }
}
