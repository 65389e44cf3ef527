/// Accounts of operators: passwords, logins, refresh tokens. Partners have API keys instead.
@NullMarked
package io.lunarstream.server.account;

import org.jspecify.annotations.NullMarked;
