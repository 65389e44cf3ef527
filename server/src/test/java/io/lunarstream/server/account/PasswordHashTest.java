package io.lunarstream.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/// Passwords as they are stored.
class PasswordHashTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void aPasswordMatchesItsOwnHashOnly() {
        PasswordHash hash = PasswordHash.of("correct horse battery stäple", random);
        assertThat(hash.matches("correct horse battery stäple")).isTrue();
        assertThat(hash.matches("correct horse battery stäple ")).isFalse();
        assertThat(hash.matches("")).isFalse();
    }

    @Test
    void twoHashesOfOnePasswordDiffer() {
        assertThat(PasswordHash.of("same", random)).isNotEqualTo(PasswordHash.of("same", random));
    }

    /// Written by the reference implementation: `printf password | argon2 somesalt -id -t 2 -k 65536 -p 1 -e`.
    @Test
    void aHashOfTheReferenceImplementationIsUnderstood() {
        PasswordHash reference = new PasswordHash(
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ" + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
        assertThat(reference.matches("password")).isTrue();
        assertThat(reference.matches("passwore")).isFalse();
    }

    @Test
    void aHashIsNotPrinted() {
        PasswordHash hash = PasswordHash.of("secret", random);
        assertThat(hash.toString()).doesNotContain(hash.phc());
    }
}
