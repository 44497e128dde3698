/** What runs inside a service: ends it at named points, or makes it a mutant. */
@NullMarked
package dev.verbatim.faults.inside;

import org.jspecify.annotations.NullMarked;
