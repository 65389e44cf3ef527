package io.lunarstream.server.origin;

import io.lunarstream.server.http.ApiError;
import io.lunarstream.server.http.ApiException;
import io.lunarstream.server.http.Query;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a request for a media playlist asks of it: the three `_HLS_` parameters of its query. No other means anything.
/// Source: draft-pantos-hls-rfc8216bis, section 6.2.5.
///
/// @param mediaSequence `_HLS_msn`: wait for this segment
/// @param partIndex `_HLS_part`: wait for this part of it only
/// @param skip `_HLS_skip`: a delta update will do
record DeliveryDirectives(OptionalLong mediaSequence, OptionalInt partIndex, boolean skip) {
    static final String MSN = "_HLS_msn";
    static final String PART = "_HLS_part";
    private static final String SKIP = "_HLS_skip";

    /// More digits than any number has that a playlist of ours lists.
    private static final int MOST_DIGITS = 9;

    private static final DeliveryDirectives NONE =
            new DeliveryDirectives(OptionalLong.empty(), OptionalInt.empty(), false);

    /// Whether the answer is to wait for something.
    boolean blocking() {
        return mediaSequence.isPresent();
    }

    /// Reads a query.
    ///
    /// @param rawQuery as it came, percent-encoded; empty if there is none
    /// @ if it asks for nonsense
    static DeliveryDirectives of(String rawQuery) {
        if (!rawQuery.contains("_HLS_")) {
            return NONE;
        }
        Query query = Query.parse(rawQuery);
        OptionalInt msn = number(query, MSN);
        OptionalInt part = number(query, PART);
        if (part.isPresent() && msn.isEmpty()) {
            throw new ApiException(ApiError.parameterNeeds(PART, MSN));
        }
        boolean skip = query.first(SKIP)
                .filter(value -> value.equals("YES") || value.equals("v2"))
                .isPresent();
        OptionalLong mediaSequence = msn.isPresent() ? OptionalLong.of(msn.getAsInt()) : OptionalLong.empty();
        return new DeliveryDirectives(mediaSequence, part, skip);
    }

    private static OptionalInt number(Query query, String name) {
        if (!query.has(name)) {
            return OptionalInt.empty();
        }
        Optional<String> digits = query.first(name)
                .filter(value -> !value.isEmpty() && value.length() <= MOST_DIGITS)
                .filter(value -> value.chars().allMatch(c -> c >= '0' && c <= '9'));
        if (digits.isEmpty()) {
            throw new ApiException(ApiError.parameterIsNoNumber(name));
        }
        return OptionalInt.of(Integer.parseInt(digits.get()));
    }
}
