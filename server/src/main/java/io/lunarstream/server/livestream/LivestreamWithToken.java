package io.lunarstream.server.livestream;

import io.lunarstream.server.pushtoken.PushToken;

/// A livestream and the push token just made for it.
record LivestreamWithToken(Livestream livestream, PushToken token) {}
