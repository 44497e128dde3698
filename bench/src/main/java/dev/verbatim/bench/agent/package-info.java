/** Whether the service's agent finds what was said, and says so when it was not. */
@NullMarked
package dev.verbatim.bench.agent;

import org.jspecify.annotations.NullMarked;
