package dev.verbatim.server.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.verbatim.InvalidInputException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelConfigTest {
    @Test
    void readsAllSettings() {
        assertThat(ModelConfig.of(Map.of(
                        "OPENAI_BASE_URL", "http://127.0.0.1:11434/v1//",
                        "OPENAI_API_KEY", "k",
                        "OPENAI_MODEL", "m",
                        "OPENAI_TIMEOUT", "2.5")))
                .contains(new ModelConfig(URI.create("http://127.0.0.1:11434/v1"), "k", "m", Duration.ofMillis(2_500)));
    }

    @Test
    void hasDefaults() {
        assertThat(ModelConfig.of(Map.of("OPENAI_MODEL", "m", "OPENAI_API_KEY", "k")))
                .contains(new ModelConfig(URI.create("https://api.openai.com/v1"), "k", "m", Duration.ofSeconds(60)));
        assertThat(ModelConfig.of(Map.of("OPENAI_MODEL", "m", "OPENAI_BASE_URL", "http://x")))
                .hasValueSatisfying(config -> assertThat(config.apiKey()).isNull());
    }

    @Test
    void noModelIsSetWithoutUrlAndModel() {
        assertThat(ModelConfig.of(Map.of())).isEmpty();
        assertThat(ModelConfig.of(Map.of("OPENAI_API_KEY", "k"))).isEmpty();
        assertThat(ModelConfig.of(Map.of("OPENAI_MODEL", "", "OPENAI_BASE_URL", "")))
                .isEmpty();
    }

    @Test
    void theKeyIsNotShown() {
        assertThat(new ModelConfig(URI.create("http://x"), "sk-secret", "m", Duration.ofSeconds(1)).toString())
                .doesNotContain("sk-secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "ftp://x",
                "http://",
                "http://u:p@x",
                "http://x?a=b",
                "http://x#a",
                "http://a b",
                "/v1",
                "mailto:x"
            })
    void aWrongUrlIsRefused(String url) {
        assertRefused("OPENAI_BASE_URL", url, "OPENAI_BASE_URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.000", "-1", "1e3", "60s", "100000", " 60", "٦٠"})
    void aWrongTimeoutIsRefused(String timeout) {
        assertRefused("OPENAI_TIMEOUT", timeout, "OPENAI_TIMEOUT");
    }

    @ParameterizedTest
    @CsvSource({"OPENAI_MODEL,'',OPENAI_MODEL", "OPENAI_API_KEY,a b,OPENAI_API_KEY", "OPENAI_API_KEY,clé,OPENAI_API_KEY"
    })
    void whatIsMissingOrWrongIsNamed(String name, String value, String param) {
        assertRefused(name, value, param);
    }

    @Test
    void openAisOwnServerNeedsAKey() {
        InvalidInputException failure =
                catchThrowableOfType(InvalidInputException.class, () -> ModelConfig.of(Map.of("OPENAI_MODEL", "m")));
        assertThat(failure.param()).isEqualTo("OPENAI_API_KEY");
    }

    private static void assertRefused(String name, String value, String param) {
        Map<String, String> settings =
                new HashMap<>(Map.of("OPENAI_BASE_URL", "http://x", "OPENAI_MODEL", "m", "OPENAI_API_KEY", "k"));
        settings.put(name, value);
        InvalidInputException failure =
                catchThrowableOfType(InvalidInputException.class, () -> ModelConfig.of(settings));
        assertThat(failure.param()).isEqualTo(param);
        assertThat(failure).hasMessageContaining(param);
    }
}
