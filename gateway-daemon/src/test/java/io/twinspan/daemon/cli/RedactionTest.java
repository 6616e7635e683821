package io.twinspan.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final String PLANTED = "Pl4nted_and.never_to_be_seen";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "psk: %s",
                "pre-shared-key=%s",
                "<pre_shared_key>%s</pre_shared_key>",
                "\"PreSharedKey\": \"%s\"",
                "password = '%s'",
                "API_TOKEN=%s",
                "AWS_SECRET_ACCESS_KEY=%s",
                "Authorization: Bearer %s",
                "curl -H 'authorization: Basic %s'",
                "log: request with bearer %s came",
                "private_key: %s",
                "cookie=session_%s",
                "SK_ei=%s",
                "enc_key:%s, x",
                "https://user:%s@host/path",
                "dashboard http://127.0.0.1:8443/#k=%s",
                "comment \"token: %s\"",
                "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----",
                "-----BEGIN OPENSSH PRIVATE KEY-----\n%s"
            })
    void whatIsCalledASecretIsRemoved(String template) {
        String text = "before " + template.replace("%s", PLANTED) + "\nafter\n";
        String clean = Redaction.of(text);
        assertThat(clean).doesNotContain(PLANTED.substring(2, 12)).contains("before", Redaction.BLANK);
    }

    @Test
    void whatLooksLikeAKeyIsRemovedWhateverItIsCalled() {
        assertThat(List.of(
                        "0x" + "ab".repeat(16),
                        "c0ffee".repeat(8),
                        "AKIAIOSFODNN7EXAMPLE",
                        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc"))
                .allSatisfy(it -> assertThat(Redaction.of("x " + it + " y")).isEqualTo("x [removed] y"));
    }

    @Test
    void jsonStaysJson() {
        String clean = Redaction.of("{\"query\":\"connection=x;psk=Pl4nt\\\"ed\",\"status\":\"404\"}");
        assertThat(clean).isEqualTo("{\"query\":\"connection=x;psk=[removed]\",\"status\":\"404\"}");
    }

    @Test
    void whatHelpsIsKept() {
        String text = """
                2026-11-23T03:00:00Z info prod/1 child.established spi_in=0xc1f00001 esp=aes-gcm-16-256
                172.31.0.0/16 dev ts-prod proto 84 metric 1 mtu 1500 advmss 1406
                psk-file: secrets/1.psk
                fe80::42:acff:fe11:2/64 link/ether 02:42:ac:11:00:02
                "droppedTotal":12,"reason":"the pre-shared keys differ, or it does not expect this name"
                """;
        assertThat(Redaction.of(text)).isEqualTo(text);
        assertThat(Redaction.of(Redaction.of("psk: abc"))).isEqualTo(Redaction.of("psk: abc"));
    }
}
