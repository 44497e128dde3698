package dev.verbatim.bench.report;

import java.util.List;
import java.util.Map;

/**
 * What one part found.
 *
 * @param title its heading
 * @param text Markdown
 * @param plots SVG pictures, by the name of their files without ending
 * @param targets what must be reached
 */
public record Section(String title, String text, Map<String, String> plots, List<Target> targets) {}
