package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.Accounts.ApiKey;
import dev.verbatim.Accounts.Role;
import dev.verbatim.SecretHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminAccessTest {
    private final InMemoryAccounts accounts = new InMemoryAccounts();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private AdminAccess access() {
        return new AdminAccess(accounts, directory);
    }

    private String key() throws IOException {
        return Files.readString(access().file()).strip();
    }

    @Test
    void theFirstStartMakesAKeyOnlyTheOwnerCanRead() throws IOException {
        access().ensureKey(null);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(access().file())))
                .isEqualTo("rw-------");
        assertThat(accounts.principal(SecretHash.of(key())).orElseThrow().role())
                .isEqualTo(Role.ADMIN);
        try (var files = Files.list(directory)) {
            assertThat(files).as("nothing else is left there").containsExactly(access().file());
        }
    }

    @Test
    void laterStartsKeepIt() throws IOException {
        access().ensureKey(null);
        String key = key();
        access().ensureKey(null);
        assertThat(key()).isEqualTo(key);
        assertThat(accounts.keys(10, null).data()).hasSize(1);
    }

    @Test
    void aRevokedKeyIsNotBroughtBack() throws IOException {
        access().ensureKey(null);
        String revoked = key();
        for (ApiKey key : accounts.keys(10, null).data()) {
            accounts.removeKey(key.id());
        }
        access().ensureKey(null);
        assertThat(key()).as("with no admin key left, a new one").isNotEqualTo(revoked);
        assertThat(accounts.principal(SecretHash.of(revoked))).isEmpty();
    }

    @Test
    void anotherDatabasesKeyIsLeftAsItIs() throws IOException {
        access().ensureKey(null);
        Files.writeString(access().file(), "another\n");
        access().ensureKey(null);
        assertThat(key()).isEqualTo("another");
        Files.delete(access().file());
        access().ensureKey(null);
        assertThat(accounts.principal(SecretHash.of(key()))).isPresent();
    }

    @Test
    void aKeyOfTheSettingsNeedsNoFile() throws IOException {
        access().ensureKey(TestServer.ADMIN);
        assertThat(access().file()).doesNotExist();
        assertThat(accounts.keys(10, null).data()).isEmpty();
    }

    @Test
    void aKeyThatCannotBeWrittenIsNotLeftBehind() {
        AdminAccess nowhere = new AdminAccess(accounts, directory.resolve("missing"));
        assertThatThrownBy(() -> nowhere.ensureKey(null)).isInstanceOf(IOException.class);
        assertThat(accounts.keys(10, null).data()).isEmpty();
    }

    @Test
    void aCodeLogsInOnce() throws IOException {
        access().ensureKey(null);
        String code = access().newCode();
        assertThat(accounts.takeCode(SecretHash.of(code))).isPresent();
        assertThat(accounts.takeCode(SecretHash.of(code))).isEmpty();
    }

    @Test
    void theGreetingSaysWhereAndHowButNoKey() throws IOException {
        access().ensureKey(null);
        String text = Greeting.text(Greeting.address("::", 8080), "the-code", access().file(), false);
        assertThat(text)
                .contains(
                        "http://127.0.0.1:8080/#code=the-code\n",
                        "curl -d '{\"code\":\"the-code\"}' http://127.0.0.1:8080/api/login",
                        "$(cat '" + access().file() + "')")
                .doesNotContain(key());
        assertThat(Greeting.text("h:1", "c", Path.of("data/api-key").toAbsolutePath(), false))
                .contains("$(cat 'data/api-key')");
        assertThat(Greeting.text("h:1", "c", access().file(), true)).contains("Bearer $VERBATIM_ADMIN_KEY");
        assertThat(Greeting.address("::1", 1)).isEqualTo("[::1]:1");
    }
}
