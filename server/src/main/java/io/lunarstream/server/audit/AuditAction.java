package io.lunarstream.server.audit;

import java.util.Arrays;
import java.util.Optional;

/// What the audit log tells of. The API's word is the resource's type, a dot, and what was done to it.
public enum AuditAction {
    LOGIN("account.login"),
    LOGIN_REFUSED("account.login_refused"),
    LOGOUT("account.logout"),
    /// A refresh token was shown a second time: somebody else may have it.
    REFRESH_TOKEN_REUSED("account.refresh_token_reused"),
    PASSWORD_SET("account.password_set"),
    ACCOUNT_CREATED("account.create"),
    PROJECT_CREATED("project.create"),
    API_KEY_CREATED("api_key.create"),
    API_KEY_REVOKED("api_key.revoke"),
    MEDIA_SERVER_ADDED("media_server.add"),
    MEDIA_SERVER_DRAINED("media_server.drain"),
    MEDIA_SERVER_RESUMED("media_server.resume"),
    MEDIA_SERVER_REMOVED("media_server.remove"),
    SIGNING_KEY_ROTATED("signing_key.rotate"),
    LIVESTREAM_CREATED("livestream.create"),
    LIVESTREAM_UPDATED("livestream.update"),
    LIVESTREAM_ENDED("livestream.end"),
    LIVESTREAM_DELETED("livestream.delete"),
    PUSH_TOKEN_CREATED("livestream.generate_push_token");

    private final String apiName;

    AuditAction(String apiName) {
        this.apiName = apiName;
    }

    public String apiName() {
        return apiName;
    }

    /// What the resource is that it is done to: the word's first part.
    String resourceType() {
        return apiName.substring(0, apiName.indexOf('.'));
    }

    static Optional<AuditAction> ofApiName(String word) {
        return Arrays.stream(values())
                .filter(action -> action.apiName.equals(word))
                .findFirst();
    }
}
