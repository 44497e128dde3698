/** What a test of a history store needs: the contract, real servers, and checks. */
@NullMarked
package dev.verbatim.testkit;

import org.jspecify.annotations.NullMarked;
