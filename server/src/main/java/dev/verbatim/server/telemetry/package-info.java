/** What is told to those who watch the service: numbers for Prometheus, and traces. */
@NullMarked
package dev.verbatim.server.telemetry;

import org.jspecify.annotations.NullMarked;
