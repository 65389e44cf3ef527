package io.lunarstream.server.client;

import io.lunarstream.server.client.ApiAnswer.Refused;
import io.lunarstream.server.client.ClientException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A refusal as the user reads it: the API's words, a line per fault, what to quote, how to mend it.
final class Refusals {
    private static final int UNAUTHORIZED = 401;

    private Refusals() {}

    static ClientException exception(Refused refused) {
        List<String> lines = new ArrayList<>();
        lines.add(refused.message());
        refused.details().stream()
                .filter(detail -> !detail.equals(refused.message()))
                .forEach(detail -> lines.add("  " + detail));
        lines.add("  (" + quotation(refused) + ")");
        mend(refused).ifPresent(lines::add);
        return new ClientException(
                refused.status() == UNAUTHORIZED ? Reason.UNAUTHENTICATED : Reason.REFUSED, String.join("\n", lines));
    }

    private static String quotation(Refused refused) {
        return (refused.code().isEmpty() ? "" : refused.code() + ", ")
                + "status " + refused.status()
                + (refused.requestId().isEmpty() ? "" : ", request " + refused.requestId());
    }

    private static Optional<String> mend(Refused refused) {
        return switch (refused.code()) {
            case "INVALID_API_KEY" -> Optional.of(PartnerApi.HOW_TO_GIVE_A_KEY);
            case "INVALID_CREDENTIALS" -> Optional.of("Check the e-mail address and the password.");
            case "INVALID_ACCESS_TOKEN", "INVALID_REFRESH_TOKEN" -> Optional.of(AdminApi.HOW_TO_LOG_IN);
            case "LIVESTREAM_NOT_FOUND" ->
                Optional.of("./lunar livestream list shows the livestreams of the key's project.");
            case "MEDIA_SERVER_NOT_FOUND" -> Optional.of("./lunar media-server list shows the media servers.");
            case "RATE_LIMITED", "UNAVAILABLE" ->
                Optional.of(
                        refused.retryAfterSeconds().isPresent()
                                ? "Try again in " + refused.retryAfterSeconds().getAsLong() + " s."
                                : "Try again in a few seconds.");
            default -> Optional.empty();
        };
    }
}
