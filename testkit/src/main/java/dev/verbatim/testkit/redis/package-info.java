/** Redis in groups: clusters, and primaries with replicas and sentinels, as real processes. */
@NullMarked
package dev.verbatim.testkit.redis;

import org.jspecify.annotations.NullMarked;
