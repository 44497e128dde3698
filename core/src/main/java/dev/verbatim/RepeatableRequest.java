package dev.verbatim;

import java.time.Duration;

/**
 * A request that may be sent again.
 *
 * @param owner whose data it is about
 * @param id which request of the owner's: a SHA-256 in hexadecimal digits
 * @param content all that must be the same when it is sent again: a SHA-256 in hexadecimal digits
 * @param kept how long its answer is to be kept
 * @param first whether it says itself that it was not sent before, so that an earlier one of the same id is another one
 */
public record RepeatableRequest(Owner owner, String id, String content, Duration kept, boolean first) {}
