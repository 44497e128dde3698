package dev.verbatim.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordsTest {
    private final Passwords passwords = new Passwords();

    @Test
    void aHashIsAsStrongAsIsAskedForToday() {
        assertThat(passwords.hash("correct horse")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    /** The reference implementation's, of a password and salt that its own tests use; whatever the machine's language. */
    @Test
    void aHashOfAnotherMachineIsUnderstood() {
        String theirs = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assertThat(passwords.matches("password", theirs)).isTrue();
        assertThat(passwords.matches("passwore", theirs)).isFalse();
    }

    @Test
    void whatIsNoHashIsNobodys() {
        assertThat(passwords.matches("password", "$2a$10$abc")).isFalse();
    }

    @Test
    void whatWasHashedWithOtherParametersIsStillGood() {
        String weaker = new Passwords(64).hash("correct horse");
        assertThat(passwords.matches("correct horse", weaker)).isTrue();
        assertThat(passwords.matches("wrong horse", weaker)).isFalse();
        assertThat(passwords.matches("correct horse", null)).isFalse();
    }
}
