package io.lunarstream.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class LinePlotTest {

    @Test
    void drawsAPointForEachValueHigherForMore() throws Exception {
        LinePlot plot = new LinePlot("CPU", "publishers");
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
    void isReadableOnDarkPagesToo() {
        assertThat(new LinePlot("CPU", "publishers").svg()).contains("prefers-color-scheme: dark");
    }

    @Test
    void isWellFormedWhateverNamesHold() throws Exception {
        LinePlot plot = new LinePlot("a < b & c", "x > 1");
        plot.add("<one> & only", 5, 0);
        assertThat(parsed(plot).getDocumentElement().getTextContent()).contains("<one> & only", "a < b & c");
    }

    private static Document parsed(LinePlot plot) throws Exception {
        byte[] svg = plot.svg().getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg));
    }

    private static double number(NodeList elements, int index, String attribute) {
        return Double.parseDouble(((Element) elements.item(index)).getAttribute(attribute));
    }
}
