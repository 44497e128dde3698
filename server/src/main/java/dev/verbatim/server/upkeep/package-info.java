/** What whoever runs the service does now and then: back up, restore, look after tables and cache, find what is wrong. */
@NullMarked
package dev.verbatim.server.upkeep;

import org.jspecify.annotations.NullMarked;
