/// The API as its clients see it: which server is meant, with whose credentials, and what it answers.
@NullMarked
package io.lunarstream.server.client;

import org.jspecify.annotations.NullMarked;
