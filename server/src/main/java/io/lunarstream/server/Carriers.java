package io.lunarstream.server;

/// How many platform threads carry the virtual ones.
final class Carriers {

    /// What the JDK reads when the first virtual thread starts; see `java.lang.Thread`, "Configurable parallelism".
    static final String PROPERTY = "jdk.virtualThreadScheduler.parallelism";

    /// One may be inside SQLite, waiting for the disk, where a virtual thread holds on to its carrier; and each of the
    /// others works off one queue of new requests for as long as there are any, of which every event loop has one.
    private static final int MORE_THAN_PROCESSORS = 2;

    private Carriers() {}

    /// Asks for two more than there are processors, unless the command line has asked for something else. Comes before
    /// all virtual threads.
    static void ask() {
        if (System.getProperty(PROPERTY) == null) {
            int carriers = Runtime.getRuntime().availableProcessors() + MORE_THAN_PROCESSORS;
            System.setProperty(PROPERTY, Integer.toString(carriers));
        }
    }
}
