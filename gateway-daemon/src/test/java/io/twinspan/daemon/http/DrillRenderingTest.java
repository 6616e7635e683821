package io.twinspan.daemon.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.drill.DrillForm;
import io.twinspan.daemon.drill.DrillReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DrillRenderingTest {
    private static final Path GOLDEN = Path.of("src/test/resources/drill");
    private static final List<DrillReport> ALL =
            List.of(SampleDrill.passed(), SampleDrill.missed(), SampleDrill.aborted(), SampleDrill.restart());

    /** Of the JUnit task of Ant, which build servers go by, as far as it speaks of suites and tests. */
    private static final Path SCHEMA = Path.of("src/test/resources/drill/junit.xsd");

    @Test
    void textAndPageAreThoseOfTheGoldenFiles() throws IOException {
        boolean write = "write".equals(System.getProperty("twinspan.golden"));
        for (DrillForm form : DrillForm.values()) {
            String text = DrillRendering.of(form, SampleDrill.missed());
            Path file = GOLDEN.resolve("missed." + form.suffix());
            if (write) {
                Files.createDirectories(GOLDEN);
                Files.writeString(file, text);
            }
            assertThat(text).describedAs("%s", file).isEqualTo(Files.readString(file));
        }
        assertThat(write).describedAs("written, read it and run again").isFalse();
    }

    @Test
    void aForeignParserReadsTheJson() {
        JsonNode json = JsonMapper.shared().readTree(DrillRendering.of(DrillForm.JSON, SampleDrill.missed()));
        assertThat(json.path("schema").asString()).isEqualTo("twinspan.drill/1");
        assertThat(json.path("verdict").asString()).isEqualTo("missed");
        assertThat(json.at("/flow/lost").asInt()).isEqualTo(41);
        assertThat(json.at("/flow/outageOutMicroseconds").asLong()).isEqualTo(1_200_000);
        assertThat(json.at("/moves/0/suspectedMicroseconds").isNull()).isTrue();
        assertThat(json.at("/bins/probes").size()).isEqualTo(240);
        JsonNode aborted = JsonMapper.shared().readTree(DrillRendering.of(DrillForm.JSON, SampleDrill.aborted()));
        assertThat(aborted.path("reason").asString()).contains("<script>").doesNotContain("\u001b");
    }

    @Test
    void whatNobodyCountedIsNoNumber() {
        DrillReport restart = SampleDrill.restart();
        JsonNode json = JsonMapper.shared().readTree(DrillRendering.of(DrillForm.JSON, restart));
        assertThat(json.at("/traffic/during/in1").isNull()).isTrue();
        assertThat(json.at("/traffic/during/microseconds").asLong()).isEqualTo(2_610_000);
        assertThat(json.at("/traffic/after/in2").asLong()).isEqualTo(3_000);
        assertThat(DrillRendering.of(DrillForm.TEXT, restart))
                .contains("in 2000, out 2001 in the 2 s before; in 3000, out 3001 in the 3 s after")
                .contains("was not counted, longest gap in 2.70 s")
                .doesNotContain(" -1");
        assertThat(DrillRendering.of(DrillForm.HTML, restart)).contains("<td class=\"n\">not counted</td>");
    }

    @Test
    void junitXmlKeepsToTheSchemaThatBuildServersKnow() throws Exception {
        Schema schema =
                SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(SCHEMA.toFile());
        for (DrillReport report : ALL) {
            String xml = DrillRendering.of(DrillForm.JUNIT, report);
            schema.newValidator().validate(new StreamSource(new StringReader(xml)));
        }
        assertThat(counts(SampleDrill.passed())).containsExactly("2", "0", "0");
        assertThat(counts(SampleDrill.missed())).containsExactly("2", "2", "0");
        assertThat(counts(SampleDrill.aborted())).containsExactly("2", "0", "2");
    }

    private static List<String> counts(DrillReport report) throws Exception {
        Element suite = parse(DrillRendering.of(DrillForm.JUNIT, report)).getDocumentElement();
        assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(2);
        assertThat(suite.getElementsByTagName("failure").getLength())
                .isEqualTo(Integer.parseInt(suite.getAttribute("failures")));
        assertThat(suite.getElementsByTagName("error").getLength())
                .isEqualTo(Integer.parseInt(suite.getAttribute("errors")));
        return List.of(suite.getAttribute("tests"), suite.getAttribute("failures"), suite.getAttribute("errors"));
    }

    private static Document parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(UTF_8)));
    }

    @Test
    void thePageAsksForNothingElseAndRunsNothing() {
        for (DrillReport report : ALL) {
            String page = DrillRendering.of(DrillForm.HTML, report);
            assertThat(page)
                    .contains("default-src 'none'")
                    .doesNotContain("<script", "src=", "href=", "url(", "@import", "http://", "https://", "<link");
            assertThat(page).doesNotContain("\u001b");
        }
    }

    @Test
    void thePageIsWellFormedAndThePictureHasATableForATwin() throws Exception {
        for (DrillReport report : ALL) {
            String page = DrillRendering.of(DrillForm.HTML, report);
            Document svg = parse(page.substring(page.indexOf("<svg"), page.indexOf("</svg>") + 6));
            assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
                    .isEqualTo("Timeline of the drill");
            String body = page.substring(page.indexOf("<main>"), page.indexOf("</main>") + 7);
            Document main = parse(body);
            assertThat(main.getElementsByTagName("caption").getLength())
                    .isEqualTo(main.getElementsByTagName("table").getLength());
            report.timeline().forEach(moment -> assertThat(body).contains(MarkupText.of(moment.text())));
        }
    }
}
