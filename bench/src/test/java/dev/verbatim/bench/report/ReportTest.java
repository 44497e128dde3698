package dev.verbatim.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.bench.load.Measured;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

final class ReportTest {
    private static Measured rate(double perSecond) {
        return new Measured(perSecond, 1, 1, 1, 1, 1, 0);
    }

    @Test
    void ratiosAreOfTheSameRound() {
        List<Measured> ours = List.of(rate(200), rate(90), rate(400));
        List<Measured> theirs = List.of(rate(100), rate(30), rate(100));

        assertThat(Ratio.of(ours, theirs, Measured::perSecond)).isEqualTo(new Ratio(3, 2, 4));
    }

    @Test
    void saysWhetherATargetIsMet() {
        Report report = new Report("# run\n");
        report.add(new Section(
                "Part",
                "what was found\n",
                Map.of(),
                List.of(
                        Target.atLeast("more", Ratio.of(1.7, 1.5, 1.6), 1.6),
                        Target.atMost("less", Ratio.of(1.7), 1.6))));

        assertThat(report.text())
                .contains("| more | 1.60 (1.50 to 1.70) | at least 1.60 | met |")
                .contains("| less | 1.70 | at most 1.60 | **not met** |")
                .contains("## Part\n\nwhat was found");
    }

    @Test
    void plotsAreWellFormed() throws Exception {
        Map<String, Double> bars = new LinkedHashMap<>();
        bars.put("A & B <c>", 12_345.0);
        bars.put("other", 3.0);
        Map<String, TreeMap<Integer, Double>> lines = new LinkedHashMap<>();
        lines.put("A & B", new TreeMap<>(Map.of(10, 100.0, 10_000, 120.0)));

        for (String svg : List.of(Bars.plot("bars", "a second", bars), Lines.plot("lines", "µs", lines))) {
            var svgElement = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg)))
                    .getDocumentElement();
            assertThat(svgElement.getTextContent()).contains("A & B");
            assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity");
        }
    }
}
