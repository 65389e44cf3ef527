package io.lunarstream.bench.fault;

/// Something that goes wrong around a server.
interface Fault {
    /// A word for the command line.
    String name();

    /// Starts a server, makes the fault, mends it, and tells what became of it.
    ///
    /// @throws NotHereException if this machine does not let it be made
    Finding run(Lab lab) throws InterruptedException;
}
