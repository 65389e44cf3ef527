package io.lunarstream.server.livestream;

import io.lunarstream.server.http.Access;
import io.lunarstream.server.http.Request;
import io.lunarstream.server.http.Response;
import io.lunarstream.server.http.Route;
import io.lunarstream.server.http.Shape;
import java.util.List;

/// The endpoint of the keys that sign push tokens, for operators. What a rotation has done is shown as it is.
public final class SigningKeyHandler {
    private final SigningKeyRotation rotation;

    public SigningKeyHandler(SigningKeyRotation rotation) {
        this.rotation = rotation;
    }

    public List<Route> routes() {
        return List.of(
                Route.postWithOptionalBody(Route.BASE + "/admin/signing-keys/rotate", Access.ADMIN, this::rotate));
    }

    private Response rotate(Request request) {
        Shape shape = new Shape(request);
        boolean retireNow = shape.body().flag("retireNow").orElse(false);
        shape.checkFields();
        return Response.ok(rotation.rotate(retireNow));
    }
}
