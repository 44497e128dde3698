/** Tests of what is told to those who watch the service. */
@NullMarked
package dev.verbatim.server.telemetry;

import org.jspecify.annotations.NullMarked;
