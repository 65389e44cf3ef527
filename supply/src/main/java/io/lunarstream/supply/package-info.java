/// The supply chain: what the program is made of, as a CycloneDX bill of materials with checksums, and what is known
/// against it. Runs in the build and beside it; the program knows nothing of it.
@NullMarked
package io.lunarstream.supply;

import org.jspecify.annotations.NullMarked;
