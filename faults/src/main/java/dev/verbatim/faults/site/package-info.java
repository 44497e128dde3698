/** The processes of a run, and the proxies between them. */
@NullMarked
package dev.verbatim.faults.site;

import org.jspecify.annotations.NullMarked;
