package io.lunarstream.bench.host;

/// What processes have used so far.
///
/// @param cpuSeconds in user and kernel mode, since their start
/// @param residentBytes of memory that lie in RAM now; what processes share counts for each
public record Usage(double cpuSeconds, long residentBytes) {
    /// The kernel tells times in hundredths of a second, whatever its own clock is. Source: `proc(5)`, `USER_HZ`.
    private static final double TICKS_PER_SECOND = 100;

    /// As the command `getconf PAGESIZE` says on x86-64 and, most often, on ARM.
    private static final long PAGE_BYTES = 4_096;

    /// Positions among the fields after the program's name. Source: `proc(5)`, `/proc/pid/stat`, fields 14-17 and 24.
    private static final int USER_TIME = 11;

    private static final int ENDED_CHILDREN_KERNEL_TIME = 14;
    private static final int RESIDENT_PAGES = 21;

    /// Reads `/proc/PID/stat`. The time of children that have ended counts for their parent, as the kernel books it.
    ///
    /// @param stat `PID (NAME) STATE …`; the name may hold blanks and parentheses
    static Usage parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
        long ticks = 0;
        for (int i = USER_TIME; i <= ENDED_CHILDREN_KERNEL_TIME; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return new Usage(ticks / TICKS_PER_SECOND, Long.parseLong(fields[RESIDENT_PAGES]) * PAGE_BYTES);
    }

    Usage plus(Usage other) {
        return new Usage(cpuSeconds + other.cpuSeconds, residentBytes + other.residentBytes);
    }
}
