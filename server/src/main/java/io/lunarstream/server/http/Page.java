package io.lunarstream.server.http;

import java.util.List;

/// One page of a list.
///
/// @param total rows on all pages
public record Page<T>(List<T> items, long total) {
    public Page {
        items = List.copyOf(items);
    }
}
