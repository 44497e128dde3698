/** Searching in what was said: words, queries, ranks and snippets, without any store. */
@NullMarked
package dev.verbatim.search;

import org.jspecify.annotations.NullMarked;
