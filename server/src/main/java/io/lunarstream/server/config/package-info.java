/// The configuration: every key with its default, read from options, environment and `lunar.yaml` into records.
@NullMarked
package io.lunarstream.server.config;

import org.jspecify.annotations.NullMarked;
