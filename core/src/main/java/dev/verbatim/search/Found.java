package dev.verbatim.search;

import dev.verbatim.Page;

/**
 * What a search found.
 *
 * @param page the best first
 * @param unsearched whether some of the owner's messages, which are not indexed yet, were too many to be looked at
 */
public record Found(Page<SearchHit> page, boolean unsearched) {}
