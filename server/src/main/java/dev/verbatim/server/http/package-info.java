/** The HTTP side: routes, one request with its answer, bodies, errors, limits, metrics. */
@NullMarked
package dev.verbatim.server.http;

import org.jspecify.annotations.NullMarked;
