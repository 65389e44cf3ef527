/// Projects: a partner's tenant, which owns livestreams and API keys.
@NullMarked
package io.lunarstream.server.project;

import org.jspecify.annotations.NullMarked;
