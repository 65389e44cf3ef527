package io.lunarstream.server.http;

/// Which page of a list is wanted.
///
/// @param page from 1
/// @param limit rows per page
public record PageRequest(long page, int limit) {

    /// The largest integer that every JSON reader keeps exactly; a page's offset still fits into a `long`.
    static final long MAX_PAGE = (1L << 53) - 1;

    static final int MAX_LIMIT = 100;
    static final int DEFAULT_LIMIT = 10;

    /// The `meta.pagination` of a list.
    record Pagination(long page, int limit, long total, long totalPages) {}

    /// How many rows come before the page.
    public long offset() {
        return (page - 1) * limit;
    }

    Pagination pagination(long total) {
        return new Pagination(page, limit, total, (total + limit - 1) / limit);
    }
}
