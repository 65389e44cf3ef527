package io.lunarstream.interop;

import io.lunarstream.contract.Contract;
import io.lunarstream.contract.Exchange;
import java.net.http.HttpResponse;

/// Responses that are as `openapi.yaml` says.
final class Documented {
    private static final Contract CONTRACT = Contract.read("/io/lunarstream/server/apidocs/openapi.yaml");

    private Documented() {}

    /// The response; the test fails if it is not as documented.
    static HttpResponse<String> response(HttpResponse<String> response) {
        CONTRACT.check(Exchange.of(response));
        return response;
    }
}
