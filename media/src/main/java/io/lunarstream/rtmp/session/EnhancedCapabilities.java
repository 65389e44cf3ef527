package io.lunarstream.rtmp.session;

import io.lunarstream.flv.FourCc;
import io.lunarstream.media.MediaKind;
import io.lunarstream.rtmp.amf.AmfValue;
import io.lunarstream.rtmp.amf.AmfValue.AmfNumber;
import io.lunarstream.rtmp.amf.AmfValue.AmfObject;
import io.lunarstream.rtmp.amf.AmfValue.AmfProperties;
import io.lunarstream.rtmp.amf.AmfValue.AmfStrictArray;
import io.lunarstream.rtmp.amf.AmfValue.AmfString;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the server can do beyond RTMP 1.0, said to those who say the same of themselves in `connect`.
///
/// Enhanced tags are read in any case: FFmpeg sends them unannounced. Source: Enhanced RTMP v2, section "Enhancing
/// NetConnection connect Command".
final class EnhancedCapabilities {
    private static final String FOUR_CC_LIST = "fourCcList";
    private static final String VIDEO_FOUR_CC_INFO_MAP = "videoFourCcInfoMap";
    private static final String AUDIO_FOUR_CC_INFO_MAP = "audioFourCcInfoMap";
    private static final String CAPS_EX = "capsEx";

    /// `FourCcInfoMask.CanForward`: nothing is decoded here.
    private static final int CAN_FORWARD = 0x04;

    /// `CapsExMask.ModEx`: modifiers are understood, though the nanoseconds in them are not used.
    private static final int MOD_EX = 0x04;

    private EnhancedCapabilities() {}

    /// Whether a client's command object speaks of any of them.
    static boolean areAskedFor(AmfProperties commandObject) {
        Map<String, AmfValue> said = commandObject.properties();
        return said.containsKey(FOUR_CC_LIST)
                || said.containsKey(VIDEO_FOUR_CC_INFO_MAP)
                || said.containsKey(AUDIO_FOUR_CC_INFO_MAP)
                || said.containsKey(CAPS_EX);
    }

    /// The properties of the answer.
    static Map<String, AmfValue> properties() {
        Map<String, AmfValue> properties = new LinkedHashMap<>();
        properties.put(
                FOUR_CC_LIST,
                new AmfStrictArray(Arrays.stream(FourCc.values())
                        .<AmfValue>map(fourCc -> new AmfString(fourCc.letters()))
                        .toList()));
        properties.put(VIDEO_FOUR_CC_INFO_MAP, infoMap(MediaKind.VIDEO));
        properties.put(AUDIO_FOUR_CC_INFO_MAP, infoMap(MediaKind.AUDIO));
        properties.put(CAPS_EX, new AmfNumber(MOD_EX));
        return properties;
    }

    private static AmfObject infoMap(MediaKind kind) {
        Map<String, AmfValue> flags = new LinkedHashMap<>();
        for (FourCc fourCc : FourCc.values()) {
            if (fourCc.kind() == kind) {
                flags.put(fourCc.letters(), new AmfNumber(CAN_FORWARD));
            }
        }
        return new AmfObject(flags);
    }
}
