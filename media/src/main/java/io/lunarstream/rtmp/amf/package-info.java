/// AMF0 values. Source: Adobe, Action Message Format AMF 0.
@NullMarked
package io.lunarstream.rtmp.amf;

import org.jspecify.annotations.NullMarked;
