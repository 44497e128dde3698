@NullMarked
package dev.verbatim.server.agent;

import org.jspecify.annotations.NullMarked;
