package io.lunarstream.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.lunarstream.server.client.ApiAnswer.Accepted;
import io.lunarstream.server.client.ApiAnswer.Refused;

/// The API with credentials: a request either is carried out or ends the command.
public sealed interface Api permits PartnerApi, AdminApi {

    /// Sends a request, which may be refused.
    ApiAnswer send(ApiRequest request);

    /// Sends a request that must be carried out.
    ///
    /// @throws ClientException if the request is refused
    default Accepted call(ApiRequest request) {
        return accepted(send(request));
    }

    /// The answer to a request that must be carried out.
    ///
    /// @throws ClientException if the answer is a refusal
    static Accepted accepted(ApiAnswer answer) {
        return switch (answer) {
            case Accepted accepted -> accepted;
            case Refused refused -> throw Refusals.exception(refused);
        };
    }

    /// What a request that must be carried out has asked for.
    default JsonNode data(ApiRequest request) {
        return call(request).data();
    }
}
