package io.lunarstream.server.client;

import io.lunarstream.server.client.ClientException.Reason;

/// The API by a project's key.
public final class PartnerApi implements Api {
    static final String HOW_TO_GIVE_A_KEY =
            "Give the project's key in LUNAR_API_KEY or --api-key-file;" + " ./lunar api-key create makes a new one.";

    private static final String HEADER = "ls-api-key";

    private final ApiClient client;
    private final String apiKey;

    PartnerApi(ApiClient client, String apiKey) {
        this.client = client;
        this.apiKey = apiKey;
    }

    @Override
    public ApiAnswer send(ApiRequest request) {
        return client.send(request.withHeader(HEADER, apiKey));
    }

    static ClientException keyMissing(ApiUrl url) {
        String message = "there is no API key for " + url + "\n" + HOW_TO_GIVE_A_KEY;
        return new ClientException(Reason.UNAUTHENTICATED, message);
    }
}
