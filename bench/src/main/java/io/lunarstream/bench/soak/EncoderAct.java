package io.lunarstream.bench.soak;

/// What an encoder does, or what is done to its livestream.
enum EncoderAct {
    BEGIN("a new livestream is published to"),
    BEGIN_WITH_SHORT_TOKEN("a new livestream is published to, with a token of 90 s"),
    CLOSE_AND_RETURN("closes without a goodbye, and returns with the same token"),
    RESET_AND_RETURN("resets the connection, and returns with the same token"),
    CUT_IN_MESSAGE_AND_RETURN("ends in the middle of a message, and returns with the same token"),
    GARBAGE_AND_RETURN("sends garbage, is thrown out, and returns with the same token"),
    GOODBYE_AND_RETURN("says goodbye, and publishes again with the same token"),
    TAKE_OVER("a second encoder takes over"),
    JUMP("time stamps jump, ahead or back"),
    CHANGE_CODEC("codec configurations change"),
    PAUSE("sends nothing for some seconds"),
    RENEW_TOKEN("a new token moves the deadline"),
    REVOKE_TOKENS("all tokens are revoked, and the encoder returns with a new one"),
    WRONG_TOKEN("somebody comes with a wrong token meanwhile"),
    END_BY_GOODBYE("the broadcast ends by a goodbye"),
    END_BY_API("the broadcast ends through the API"),
    END_BY_DELETION("the livestream is deleted during the broadcast"),
    END_BY_ABSENCE("the encoder does not return"),
    END_BY_EXPIRY("the token expires during the broadcast");

    private final String words;

    EncoderAct(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
