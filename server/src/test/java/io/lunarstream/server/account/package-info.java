/// Tests of accounts.
@NullMarked
package io.lunarstream.server.account;

import org.jspecify.annotations.NullMarked;
