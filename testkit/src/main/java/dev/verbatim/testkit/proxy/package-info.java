/** A network that can be broken: what stands between a client and a server in tests of faults. */
@NullMarked
package dev.verbatim.testkit.proxy;

import org.jspecify.annotations.NullMarked;
