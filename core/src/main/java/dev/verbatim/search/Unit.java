package dev.verbatim.search;

/**
 * What a text is cut into: a word, or one character of a script that puts no spaces between words, or an emoji.
 *
 * @param word as it is compared: without case, accents and forms of width
 * @param start where it begins in the text
 * @param end just behind it
 * @param alone whether it is a single character, which belongs to the one beside it
 */
record Unit(String word, int start, int end, boolean alone) {}
