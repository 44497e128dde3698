/**
 * Reads Python pickles as data. {@link dev.verbatim.server.importing.pickle.Pickle} knows those opcodes that plain values
 * and containers are made of; whatever would make an object or run something is refused by its name.
 */
@NullMarked
package dev.verbatim.server.importing.pickle;

import org.jspecify.annotations.NullMarked;
