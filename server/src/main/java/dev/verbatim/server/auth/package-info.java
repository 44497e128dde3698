/** Who is calling: keys, log-ins, roles and users. */
@NullMarked
package dev.verbatim.server.auth;

import org.jspecify.annotations.NullMarked;
