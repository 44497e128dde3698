/** The web pages, out of the jar. */
@NullMarked
package dev.verbatim.server.pages;

import org.jspecify.annotations.NullMarked;
