/// Where the secrets lie that sign tokens: in files, or for all nodes in the database, encrypted.
@NullMarked
package io.lunarstream.server.secret;

import org.jspecify.annotations.NullMarked;
