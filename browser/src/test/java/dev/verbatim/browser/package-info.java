/** The web pages in a real browser. */
@NullMarked
package dev.verbatim.browser;

import org.jspecify.annotations.NullMarked;
