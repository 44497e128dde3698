package dev.verbatim.server.http;

import dev.verbatim.Accounts;
import dev.verbatim.Owner;

/**
 * Who calls, and for whom.
 *
 * @param role what the key or the log-in allows
 * @param owner whose data the call is about
 */
public record Caller(Accounts.Role role, Owner owner) {}
