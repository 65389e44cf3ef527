package io.lunarstream.supply;

import java.io.IOException;
import java.nio.file.Path;

/// The build's last step: completes the bill of materials that Maven has written by what browsers get, and writes
/// checksums. It throws instead of ending the JVM, which is Maven's.
///
/// ```
/// FinishProgram BOM_OF_MAVEN BOM_FOR_BROWSERS FOLDER
/// ```
public final class FinishProgram {
    private FinishProgram() {}

    /// Writes both files into the program's folder.
    ///
    /// @param args two bills of materials, and the folder of the program
    public static void main(String... args) throws IOException {
        ProgramFolder folder = new ProgramFolder(Path.of(args[2]));
        BillOfMaterials billOfMaterials = BillOfMaterials.read(Path.of(args[0]));
        billOfMaterials.add(BillOfMaterials.read(Path.of(args[1])));
        billOfMaterials.write(folder.billOfMaterials());
        folder.writeChecksums();
    }
}
