/**
 * The service over HTTP: a client that costs little, and a server that answers from memory.
 */
@NullMarked
package dev.verbatim.bench.http;

import org.jspecify.annotations.NullMarked;
