package io.lunarstream.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lunarstream.server.http.RouteMatch.Found;
import io.lunarstream.server.http.RouteMatch.OtherMethod;
import io.lunarstream.server.http.RouteMatch.UnknownPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private final Route all = Route.get("/a", Access.PUBLIC, request -> Response.noContent());
    private final Route one = Route.get("/a/{id}", Access.PARTNER, request -> Response.noContent());
    private final Route literal = Route.post("/a/literal", Access.PARTNER, request -> Response.noContent());
    private final RouteTable table = new RouteTable(List.of(all, one, literal));

    @Test
    void aParameterIsOneDecodedSegmentThatIsNotEmpty() {
        assertThat(table.match("GET", "/a/x%20y")).isEqualTo(new Found(one, Map.of("id", "x y")));
        for (String path : List.of("/a/", "/a/x/", "/a/x/y", "/a/%zz", "//a/x", "/A/x")) {
            assertThat(table.match("GET", path)).isEqualTo(new UnknownPath());
        }
    }

    @Test
    void aPathWrittenOutBeatsOneWithParameters() {
        assertThat(table.match("POST", "/a/literal")).isEqualTo(new Found(literal, Map.of()));
        assertThat(table.match("GET", "/a/literal")).isEqualTo(new OtherMethod(List.of("POST"), false));
    }

    @Test
    void getServesHeadAndPublicPathsAnswerPreflights() {
        assertThat(table.match("HEAD", "/a")).isEqualTo(new Found(all, Map.of()));
        assertThat(table.match("PUT", "/a")).isEqualTo(new OtherMethod(List.of("GET", "HEAD", "OPTIONS"), true));
    }

    @Test
    void twoRoutesForOneMethodAndPathAreAMistake() {
        assertThatThrownBy(() -> new RouteTable(List.of(all, all))).isInstanceOf(IllegalArgumentException.class);
    }
}
