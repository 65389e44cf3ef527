package io.lunarstream.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lunarstream.bench.report.LinePlot.Axis;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class LinePlotTest {

    @Test
    void drawsAPointForEachValueHigherForMore() throws Exception {
        LinePlot plot = new LinePlot("CPU", "publishers", Axis.LOGARITHMIC);
        plot.add("ours", 1, 2);
        plot.add("ours", 100, 4);
        plot.add("theirs", 10, 0);
        NodeList points = parsed(plot).getElementsByTagName("circle");
        assertThat(points.getLength()).isEqualTo(3);
        assertThat(number(points, 0, "cx")).isLessThan(number(points, 2, "cx"));
        assertThat(number(points, 2, "cx")).isLessThan(number(points, 1, "cx"));
        assertThat(number(points, 1, "cy")).isLessThan(number(points, 0, "cy"));
        assertThat(number(points, 0, "cy")).isLessThan(number(points, 2, "cy"));
    }

    @Test
    void isStraightOnALinearAxisForWhatGrowsEvenly() throws Exception {
        LinePlot plot = new LinePlot("CPU", "viewers", Axis.LINEAR);
        List.of(0, 1, 1_000, 5_000).forEach(viewers -> plot.add("ours", viewers, 2 * viewers));
        NodeList points = parsed(plot).getElementsByTagName("circle");
        double slope = slope(points, 0, 3);
        assertThat(slope(points, 0, 2)).isCloseTo(slope, within(0.01));
        assertThat(slope(points, 2, 3)).isCloseTo(slope, within(0.01));
    }

    @Test
    void writesNoNumberOverAnother() throws Exception {
        LinePlot plot = new LinePlot("CPU", "viewers", Axis.LINEAR);
        List.of(0, 1, 1_000, 5_000).forEach(viewers -> plot.add("ours", viewers, 1));
        assertThat(plot.svg())
                .contains(">0</text>", ">1000</text>", ">5000</text>")
                .doesNotContain(">1</text>");
    }

    @Test
    void isReadableOnDarkPagesToo() {
        assertThat(new LinePlot("CPU", "publishers", Axis.LOGARITHMIC).svg()).contains("prefers-color-scheme: dark");
    }

    @Test
    void isWellFormedWhateverNamesHold() throws Exception {
        LinePlot plot = new LinePlot("a < b & c", "x > 1", Axis.LOGARITHMIC);
        plot.add("<one> & only", 5, 0);
        assertThat(parsed(plot).getDocumentElement().getTextContent()).contains("<one> & only", "a < b & c");
    }

    private static Document parsed(LinePlot plot) throws Exception {
        byte[] svg = plot.svg().getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg));
    }

    private static double slope(NodeList points, int from, int to) {
        return (number(points, to, "cy") - number(points, from, "cy"))
                / (number(points, to, "cx") - number(points, from, "cx"));
    }

    private static double number(NodeList elements, int index, String attribute) {
        return Double.parseDouble(((Element) elements.item(index)).getAttribute(attribute));
    }
}
