package io.lunarstream.server.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final String NAME = "signing-keys.json";
    private static final byte[] SECRET = "a very secret text".getBytes(UTF_8);
    private static final int KEY_ID_END = 9;

    private final Seal seal = new Seal(TestKeys.keys(1));

    @Test
    void whatIsClosedCanBeOpenedAndDoesNotShow() {
        String sealed = seal.close(NAME, SECRET);
        assertThat(seal.open(NAME, sealed)).isEqualTo(SECRET);
        assertThat(new String(Base64.getDecoder().decode(sealed), UTF_8)).doesNotContain("secret");
    }

    @Test
    void theSameSecretNeverLooksTheSame() {
        assertThat(seal.close(NAME, SECRET)).isNotEqualTo(seal.close(NAME, SECRET));
    }

    @Test
    void theFormIsTheOneThatIsWrittenDown() throws Exception {
        byte[] sealed = Base64.getDecoder().decode(seal.close(NAME, SECRET));
        assertThat(sealed[0]).isEqualTo((byte) 1);
        assertThat(HexFormat.of().formatHex(sealed, 1, KEY_ID_END)).isEqualTo("18ff8409d93e717e");
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, TestKeys.key(1), new GCMParameterSpec(128, sealed, KEY_ID_END, 12));
        cipher.updateAAD(sealed, 0, KEY_ID_END);
        cipher.updateAAD(NAME.getBytes(UTF_8));
        assertThat(cipher.doFinal(sealed, KEY_ID_END + 12, sealed.length - KEY_ID_END - 12))
                .isEqualTo(SECRET);
    }

    @Test
    void aPreviousKeyOpensAndDoesNotClose() {
        Seal newer = new Seal(TestKeys.keys(2, 1));
        String sealed = seal.close(NAME, SECRET);
        assertThat(newer.open(NAME, sealed)).isEqualTo(SECRET);
        assertThat(newer.isCurrent(sealed)).isFalse();
        assertThat(newer.isCurrent(newer.close(NAME, SECRET))).isTrue();
    }

    @Test
    void anotherKeyIsToldApartFromDamage() {
        String sealed = new Seal(TestKeys.keys(2)).close(NAME, SECRET);
        assertThatThrownBy(() -> seal.open(NAME, sealed))
                .isInstanceOf(UnreadableSecretException.class)
                .hasMessageContaining("encrypted by another key");
    }

    @Test
    void aSecretDoesNotPassForAnother() {
        String sealed = seal.close(NAME, SECRET);
        assertDamaged("access-token-key", sealed);
    }

    @Test
    void eachChangedByteAndEachMissingOneIsNoticed() {
        byte[] sealed = Base64.getDecoder().decode(seal.close(NAME, SECRET));
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertUnreadable(NAME, Base64.getEncoder().encodeToString(changed));
            assertUnreadable(NAME, Base64.getEncoder().encodeToString(Arrays.copyOf(sealed, i)));
        }
        assertDamaged(NAME, "no base64");
        assertDamaged(NAME, "");
    }

    private void assertDamaged(String name, String sealed) {
        assertThatThrownBy(() -> seal.open(name, sealed))
                .isInstanceOf(UnreadableSecretException.class)
                .hasMessageContaining("is damaged")
                .hasMessageNotContaining("\n");
    }

    private void assertUnreadable(String name, String sealed) {
        assertThatThrownBy(() -> seal.open(name, sealed)).isInstanceOf(UnreadableSecretException.class);
    }
}
