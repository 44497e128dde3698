/**
 * Brings conversations in from files. {@link dev.verbatim.server.importing.ConversationSource} reads a file an entry at
 * a time, {@link dev.verbatim.server.importing.ImportSink} stores one conversation, and
 * {@link dev.verbatim.server.importing.Importer} keeps several under way between the two. {@link
 * dev.verbatim.server.importing.Formats} knows the kinds of files. What is brought has ids that follow from the file alone,
 * or is compared with what is stored, so that importing it again doubles nothing.
 */
@NullMarked
package dev.verbatim.server.importing;

import org.jspecify.annotations.NullMarked;
