package io.lunarstream.supply;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// `./lunar advisories`: asks OSV what is known against all that the program is made of.
///
/// ```
/// Advisories SBOM [--source URL]
/// ```
public final class Advisories {
    static final int NONE_KNOWN = 0;
    static final int SOME_KNOWN = 1;
    static final int NOT_CHECKED = 2;

    private static final URI OSV = URI.create("https://api.osv.dev");

    /// A package with holes that each source knows. One that does not know them has no data, and its "nothing known"
    /// would be worth nothing.
    private static final SoftwarePackage KNOWN_TO_ALL =
            new SoftwarePackage("Maven", "org.apache.logging.log4j:log4j-core", "2.14.1");

    private Advisories() {}

    /// Prints what is known, and ends with 0 for nothing, 1 for something, 2 for not checked or wrong usage.
    ///
    /// @param args the bill of materials, and where to ask instead of OSV itself
    public static void main(String... args) throws InterruptedException {
        System.exit(run(System.out, args));
    }

    /// As [#main], but with an exit code to return. Whatever goes wrong is "not checked".
    static int run(PrintStream out, String... args) throws InterruptedException {
        boolean elsewhere = args.length == 3 && args[1].equals("--source");
        if (args.length != 1 && !elsewhere) {
            out.println("usage: ./lunar advisories [--source URL]");
            return NOT_CHECKED;
        }
        try {
            URI source = elsewhere ? URI.create(args[2]) : OSV;
            return check(BillOfMaterials.read(Path.of(args[0])).packages(), source, out);
        } catch (IOException | IllegalArgumentException e) {
            out.println("not checked: " + e.getMessage());
            return NOT_CHECKED;
        }
    }

    /// Prints what a source knows of packages.
    ///
    /// @return the exit code
    static int check(List<SoftwarePackage> packages, URI source, PrintStream out) throws InterruptedException {
        try (Osv osv = new Osv(source)) {
            List<Advisory> known = known(osv, packages);
            known.forEach(advisory -> out.println(advisory.lines()));
            out.println("%d packages checked against %s: %s"
                    .formatted(packages.size(), source, known.isEmpty() ? "nothing known" : known.size() + " known"));
            return known.isEmpty() ? NONE_KNOWN : SOME_KNOWN;
        } catch (NotCheckedException e) {
            out.println("not checked: " + e.getMessage());
            return NOT_CHECKED;
        }
    }

    private static List<Advisory> known(Osv osv, List<SoftwarePackage> packages)
            throws NotCheckedException, InterruptedException {
        List<Advisory> known = osv.advisories(
                Stream.concat(packages.stream(), Stream.of(KNOWN_TO_ALL)).toList());
        if (known.stream().noneMatch(advisory -> advisory.what().equals(KNOWN_TO_ALL))) {
            throw new NotCheckedException(osv.source() + " knows nothing of " + KNOWN_TO_ALL + ", so it has no data");
        }
        return known.stream()
                .filter(advisory -> !advisory.what().equals(KNOWN_TO_ALL))
                .toList();
    }
}
