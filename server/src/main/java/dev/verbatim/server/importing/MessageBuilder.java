package dev.verbatim.server.importing;

import dev.verbatim.InvalidInputException;
import dev.verbatim.NewMessage;
import dev.verbatim.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a message of another product's: what has a name here gets that, all other members stay as they are. Takes the
 * object it is given apart. Used once.
 */
final class MessageBuilder {
    private static final Set<String> OURS = Set.of("id", "seq", "created_at", "role", "content");
    private static final int FINEST = 30;
    private static final BigDecimal FIRST_MILLIS = BigDecimal.valueOf(100_000_000_000L);
    private static final BigDecimal LAST_MILLIS = BigDecimal.valueOf(253_402_300_799_999L);

    private final ObjectNode message = JsonNodeFactory.instance.objectNode();
    private final ObjectNode others;

    MessageBuilder(ObjectNode from) {
        this.others = from;
    }

    MessageBuilder id(String id) {
        message.put("id", BroughtIds.fitting(id));
        return this;
    }

    /** When it was said, under {@code name}: seconds or milliseconds since 1970, or an RFC 3339 time; else it stays. */
    MessageBuilder time(String name) {
        Instant time = instant(others.get(name));
        if (time != null) {
            message.put("created_at", Times.format(time));
            others.remove(name);
        }
        return this;
    }

    MessageBuilder role(String role) {
        message.put("role", role);
        return this;
    }

    MessageBuilder content(JsonNode content) {
        if (!content.isMissingNode()) {
            message.set("content", content);
            others.remove("content");
        }
        return this;
    }

    MessageBuilder model(@Nullable String model) {
        if (model != null && !model.isEmpty()) {
            message.put("model", model);
            others.remove("model");
        }
        return this;
    }

    /** Adds a member, unless it says nothing. */
    MessageBuilder with(String name, @Nullable JsonNode value) {
        if (value != null && !value.isNull() && !(value.isContainer() && value.isEmpty())) {
            message.set(name, value);
        }
        return this;
    }

    /** Leaves members out that are said otherwise. */
    MessageBuilder without(String... names) {
        for (String name : names) {
            others.remove(name);
        }
        return this;
    }

    NewMessage build() {
        others.forEachEntry((name, value) -> {
            boolean taken = OURS.contains(name) || message.has(name);
            message.set(taken ? "original_" + name : name, value);
        });
        try {
            return NewMessage.fromJson(JsonTexts.of(message));
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    "entry", "message \"" + message.path("id").asString("") + "\": " + e.getMessage());
        }
    }

    private static @Nullable Instant instant(@Nullable JsonNode value) {
        if (value != null && value.isNumber()) {
            return instant(value.decimalValue());
        }
        if (value == null || !value.isString()) {
            return null;
        }
        try {
            return Times.parse("time", value.stringValue());
        } catch (InvalidInputException e) {
            return null;
        }
    }

    private static @Nullable Instant instant(BigDecimal number) {
        if (number.signum() <= 0 || number.scale() > FINEST || number.compareTo(LAST_MILLIS) > 0) {
            return null;
        }
        int digits = number.compareTo(FIRST_MILLIS) < 0 ? 6 : 3;
        long micros = number.movePointRight(digits)
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
        return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
    }
}
