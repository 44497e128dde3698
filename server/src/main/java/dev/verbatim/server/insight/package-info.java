/** Query logs and what they tell, over HTTP. */
@NullMarked
package dev.verbatim.server.insight;

import org.jspecify.annotations.NullMarked;
