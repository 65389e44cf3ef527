package io.lunarstream.server.command;

import io.lunarstream.server.client.AdminApi;
import io.lunarstream.server.client.PartnerApi;
import io.lunarstream.server.client.Surroundings;
import io.lunarstream.server.client.Target;

/// What every command works with.
record Workplace(Surroundings surroundings, Terminal terminal) {

    Target target(ServerOptions options) {
        return Target.find(surroundings, options.url(), options.dataDirectory());
    }

    AdminApi admin(ServerOptions options) {
        return target(options).admin();
    }

    PartnerApi partner(PartnerOptions options) {
        return target(options).partner(options.apiKeyFile());
    }

    Printout printout(ResultOptions options) {
        return new Printout(terminal, options.json());
    }
}
