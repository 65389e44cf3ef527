/// The audit log: who did what to which resource, when.
@NullMarked
package io.lunarstream.server.audit;

import org.jspecify.annotations.NullMarked;
