package io.lunarstream.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `./lunar advisories` against a server that answers as OSV does.
class AdvisoriesIT {
    private static final SoftwarePackage DRIVER = new SoftwarePackage("Maven", "org.postgresql:postgresql", "42.2.0");
    private static final SoftwarePackage PLAYER = new SoftwarePackage("npm", "hls.js", "1.7.4");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private FakeOsv osv;

    @BeforeEach
    void startOsv() throws IOException {
        osv = new FakeOsv().knows("org.apache.logging.log4j:log4j-core", "2.14.1", "GHSA-jfh8-c2jp-5v3q");
    }

    @AfterEach
    void stopOsv() {
        osv.close();
    }

    @Test
    void nothingKnownIs0() throws InterruptedException {
        assertThat(check(osv.address())).isEqualTo(Advisories.NONE_KNOWN);
        assertThat(printed()).contains("2 packages checked").contains("nothing known");
    }

    @Test
    void whatIsKnownIs1WithItsNamesAndWhereItIsMended() throws InterruptedException {
        osv.knows("org.postgresql:postgresql", "42.2.0", "GHSA-24rp-q3w6-vc56").tells("GHSA-24rp-q3w6-vc56", """
                        {"id": "GHSA-24rp-q3w6-vc56", "aliases": ["CVE-2024-1597"], "summary": "SQL\\u001b[2J injection",
                         "affected": [
                          {"package": {"ecosystem": "Maven", "name": "org.postgresql:postgresql"},
                           "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "42.2.28"}]},
                                      {"type": "ECOSYSTEM", "events": [{"introduced": "42.3.0"}, {"fixed": "42.3.9"}]}]},
                          {"package": {"ecosystem": "Maven", "name": "another:one"},
                           "ranges": [{"type": "ECOSYSTEM", "events": [{"fixed": "9.9.9"}]}]}]}
                        """);

        assertThat(check(osv.address())).isEqualTo(Advisories.SOME_KNOWN);
        assertThat(printed())
                .contains("org.postgresql:postgresql 42.2.0: GHSA-24rp-q3w6-vc56, CVE-2024-1597")
                .contains("fixed in 42.2.28, 42.3.9")
                .contains("https://osv.dev/vulnerability/GHSA-24rp-q3w6-vc56")
                .contains("2 packages checked", "1 known")
                .doesNotContain("9.9.9", "\u001b", "log4j");
    }

    @Test
    void allPagesAreRead() throws InterruptedException {
        osv.knows("hls.js", "1.7.4", "GHSA-1", "GHSA-2", "GHSA-3");

        assertThat(check(osv.address())).isEqualTo(Advisories.SOME_KNOWN);
        assertThat(printed()).contains("GHSA-1", "GHSA-2", "GHSA-3", "3 known", "not fixed in any version");
    }

    @Test
    void whatWasWithdrawnIsNotKnown() throws InterruptedException {
        osv.knows("hls.js", "1.7.4", "GHSA-1").tells("GHSA-1", "{\"id\":\"GHSA-1\",\"withdrawn\":\"2026-01-01\"}");

        assertThat(check(osv.address())).isEqualTo(Advisories.NONE_KNOWN);
    }

    @Test
    void aSourceThatIsNotThereIs2() throws InterruptedException {
        URI gone = osv.address();
        osv.close();

        assertThat(check(gone)).isEqualTo(Advisories.NOT_CHECKED);
        assertThat(printed()).startsWith("not checked: " + gone + " cannot be reached");
    }

    @Test
    void aSourceThatFailsIs2() throws InterruptedException {
        osv.fails(503);

        assertThat(check(osv.address())).isEqualTo(Advisories.NOT_CHECKED);
        assertThat(printed()).contains("not checked").contains("status 503");
    }

    /// Such as a mirror whose data never came.
    @Test
    void aSourceWithoutDataIs2() throws InterruptedException {
        osv.knows("org.apache.logging.log4j:log4j-core", "2.14.1");

        assertThat(check(osv.address())).isEqualTo(Advisories.NOT_CHECKED);
        assertThat(printed()).contains("not checked").contains("has no data");
    }

    @Test
    void pagesWithoutEndAre2() throws InterruptedException {
        osv.neverEnds();

        assertThat(check(osv.address())).isEqualTo(Advisories.NOT_CHECKED);
        assertThat(printed()).contains("more than 20 pages");
    }

    /// 1 would say that something is known.
    @ParameterizedTest
    @ValueSource(strings = {"no address", "ftp://127.0.0.1", "nonsense", "http://127.0.0.1:99999"})
    void anAddressThatIsNoneIs2(String address, @TempDir Path folder) throws IOException, InterruptedException {
        Path sbom = Files.writeString(folder.resolve("sbom"), "{\"components\":[]}");

        assertThat(run(sbom.toString(), "--source", address)).isEqualTo(Advisories.NOT_CHECKED);
        assertThat(printed()).startsWith("not checked: ");
    }

    @Test
    void aBillOfMaterialsThatIsNoneIs2(@TempDir Path folder) throws IOException, InterruptedException {
        Path broken = Files.writeString(folder.resolve("broken"), "[");

        assertThat(run(folder.resolve("missing").toString())).isEqualTo(Advisories.NOT_CHECKED);
        assertThat(run(broken.toString())).isEqualTo(Advisories.NOT_CHECKED);
        assertThat(run(broken.toString(), "--sauce", "x")).isEqualTo(Advisories.NOT_CHECKED);
    }

    @Test
    void theWholeBillOfMaterialsIsAskedFor(@TempDir Path folder) throws IOException, InterruptedException {
        Path sbom = Files.writeString(folder.resolve("sbom"), """
                {"components": [{"name": "hls.js", "version": "1.7.4", "purl": "pkg:npm/hls.js@1.7.4"}]}
                """);
        osv.knows("hls.js", "1.7.4", "GHSA-1");

        assertThat(run(sbom.toString(), "--source", osv.address().toString())).isEqualTo(Advisories.SOME_KNOWN);
        assertThat(printed()).contains("hls.js 1.7.4: GHSA-1", "1 packages checked");
    }

    private int run(String... args) throws InterruptedException {
        return Advisories.run(new PrintStream(printed, true, StandardCharsets.UTF_8), args);
    }

    private int check(URI source) throws InterruptedException {
        return Advisories.check(
                List.of(DRIVER, PLAYER), source, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
