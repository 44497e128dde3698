package dev.verbatim.server.chat;

import dev.verbatim.InvalidInputException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which model answers: any OpenAI-compatible server. Immutable.
 *
 * @param baseUrl what {@code /chat/completions} is put behind, without a slash at its end
 * @param apiKey sent as bearer token, or null when the server wants none
 * @param model the model's name there
 * @param timeout how long to wait for a whole answer, or, when it comes in pieces, for the first and for each next one
 */
public record ModelConfig(URI baseUrl, @Nullable String apiKey, String model, Duration timeout) {
    /** Where {@code OPENAI_BASE_URL} points when it is not set. */
    public static final URI DEFAULT_BASE_URL = URI.create("https://api.openai.com/v1");

    /** {@code OPENAI_TIMEOUT} when it is not set. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}(\\.[0-9]{1,3})?");
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

    /**
     * Reads {@code OPENAI_BASE_URL}, {@code OPENAI_API_KEY}, {@code OPENAI_MODEL} and {@code OPENAI_TIMEOUT} (seconds); an
     * empty value counts as not set.
     *
     * @return empty when no model is set: neither {@code OPENAI_BASE_URL} nor {@code OPENAI_MODEL}. A key alone, which
     *     many shells have anyway, sends nobody's words anywhere
     * @throws InvalidInputException when a value is wrong or one is missing; the message says which
     */
    public static Optional<ModelConfig> of(Map<String, String> settings) {
        String url = settings.getOrDefault("OPENAI_BASE_URL", "");
        String model = settings.getOrDefault("OPENAI_MODEL", "");
        Duration timeout = timeout(settings.getOrDefault("OPENAI_TIMEOUT", ""));
        if (url.isEmpty() && model.isEmpty()) {
            return Optional.empty();
        }
        if (model.isEmpty()) {
            throw new InvalidInputException("OPENAI_MODEL", "OPENAI_BASE_URL is set; set OPENAI_MODEL too");
        }
        URI baseUrl = url.isEmpty() ? DEFAULT_BASE_URL : baseUrl(url);
        String key = key(settings.getOrDefault("OPENAI_API_KEY", ""));
        if (url.isEmpty() && key == null) {
            throw new InvalidInputException(
                    "OPENAI_API_KEY",
                    "OPENAI_MODEL is set; set OPENAI_API_KEY, or OPENAI_BASE_URL to a server of your own");
        }
        return Optional.of(new ModelConfig(baseUrl, key, model, timeout));
    }

    private static URI baseUrl(String text) {
        try {
            URI uri = new URI(text.replaceAll("/+$", ""));
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null && uri.getRawUserInfo() == null && plain(uri)) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw wrongUrl();
        }
        throw wrongUrl();
    }

    private static boolean plain(URI uri) {
        return uri.getRawQuery() == null && uri.getRawFragment() == null;
    }

    private static InvalidInputException wrongUrl() {
        return new InvalidInputException(
                "OPENAI_BASE_URL",
                "OPENAI_BASE_URL must be an http or https URL without user, query and fragment, such as "
                        + DEFAULT_BASE_URL);
    }

    private static @Nullable String key(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (!PRINTABLE.matcher(text).matches()) {
            throw new InvalidInputException(
                    "OPENAI_API_KEY", "OPENAI_API_KEY must be printable ASCII characters without spaces");
        }
        return text;
    }

    private static Duration timeout(String text) {
        if (text.isEmpty()) {
            return DEFAULT_TIMEOUT;
        }
        Duration timeout = SECONDS.matcher(text).matches()
                ? Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValueExact())
                : Duration.ZERO;
        if (timeout.isZero()) {
            throw new InvalidInputException(
                    "OPENAI_TIMEOUT", "OPENAI_TIMEOUT must be seconds, 0.001 to 99999, such as 60");
        }
        return timeout;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ModelConfig[baseUrl=" + baseUrl + ", model=" + model + ", timeout=" + timeout + "]";
    }
}
