@NullMarked
package io.lunarstream.contract;

import org.jspecify.annotations.NullMarked;
