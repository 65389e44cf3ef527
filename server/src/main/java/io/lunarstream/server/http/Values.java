package io.lunarstream.server.http;

import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/// The value check of one request: well-formed input whose value cannot be accepted is collected here, then answered
/// with 422. Source: the Partner API, errors ("400 or 422").
public final class Values {
    /// Long enough for what people call things, short enough for a line of a list.
    private static final int MAX_NAME_CHARACTERS = 255;

    private static final int MAX_PORT = 65_535;

    private final Faults faults = new Faults(ErrorCode.UNPROCESSABLE);

    /// What somebody calls a thing, without its surrounding blanks.
    public String name(String field, String text) {
        return strippedText(field, text, MAX_NAME_CHARACTERS);
    }

    /// A text without its surrounding blanks, of 1 to `most` code points.
    public String strippedText(String field, String text, int most) {
        String stripped = Text.stripped(text);
        text(field, stripped, most);
        return stripped;
    }

    /// A text of 1 to `most` code points, kept as it is.
    public void text(String field, String text, int most) {
        if (text.isEmpty()) {
            reject(field, "should not be empty");
        }
        storable(field, "", text, most);
    }

    /// A text that is only compared, never stored.
    public void searchText(String field, String text) {
        storable(field, "", text, Integer.MAX_VALUE);
    }

    /// A map of texts within its limits.
    public void textMap(String field, Map<String, String> map, int mostEntries, int mostKey, int mostValue) {
        if (map.size() > mostEntries) {
            reject(field, "must not have more than " + mostEntries + " entries");
        }
        map.forEach((key, value) -> {
            storable(field, "keys ", key, mostKey);
            storable(field + "." + key, "", value, mostValue);
        });
    }

    /// An integer from `least` to `most`; a stand-in if it is not.
    public long integer(String field, BigInteger number, long least, long most) {
        return Range.check(field, number, least, most, faults).orElse(least);
    }

    /// An absolute address of one of two schemes, with a host, and without user, query and fragment.
    ///
    /// @return without slashes at the end
    public String address(String field, String text, int most, String scheme, String secureScheme) {
        storable(field, "", text, most);
        String address = withoutTrailingSlashes(text);
        if (!isAddress(address, scheme, secureScheme)) {
            reject(
                    field,
                    "must be an address that starts with " + scheme + ":// or " + secureScheme
                            + "://, without ? and #");
        }
        return address;
    }

    private static String withoutTrailingSlashes(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }

    private static boolean isAddress(String text, String scheme, String secureScheme) {
        try {
            URI uri = new URI(text);
            return (scheme.equals(uri.getScheme()) || secureScheme.equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getPort() <= MAX_PORT
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /// A value that cannot be accepted for a reason of its own.
    public void reject(String field, String problem) {
        faults.add(Fault.of(field, problem));
    }

    /// Ends the request with 422 if there is a fault.
    public void check() {
        faults.check();
    }

    /// @param part names the part of the field that is meant, with a blank after it; empty for the whole
    private void storable(String field, String part, String text, int most) {
        if (!Text.isStorable(text)) {
            reject(field, part + "must not contain U+0000 or unpaired surrogates");
        }
        if (text.codePointCount(0, text.length()) > most) {
            reject(field, part + "must be shorter than or equal to " + most + " characters");
        }
    }
}
