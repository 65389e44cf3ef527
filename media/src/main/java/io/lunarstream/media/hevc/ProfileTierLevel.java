package io.lunarstream.media.hevc;

import io.lunarstream.media.bytes.BitReader;
import io.lunarstream.media.bytes.ByteString;
import io.lunarstream.media.bytes.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.Locale;

/// What a decoder must be able to do: the general part of `profile_tier_level`.
///
/// ```
/// general_profile_space 2 | general_tier_flag 1 | general_profile_idc 5 | compatibility flags 32
/// constraint flags 48 | general_level_idc 8
/// ```
///
/// Source: ITU-T H.265, section 7.3.3.
///
/// @param profileSpace 0 in all versions so far
/// @param highTier whether the tier is High, not Main
/// @param profileIdc 1 for Main, 2 for Main 10
/// @param compatibilityFlags 32 flags, the first one in the highest bit
/// @param constraintFlags 6 bytes
/// @param levelIdc thirty times the level: 93 for 3.1
public record ProfileTierLevel(
        int profileSpace,
        boolean highTier,
        int profileIdc,
        int compatibilityFlags,
        ByteString constraintFlags,
        int levelIdc) {

    private static final int CONSTRAINT_BYTES = 6;

    /// Bits of a sub-layer's profile, tier and flags.
    private static final int SUB_LAYER_PROFILE_BITS = 88;

    private static final int SUB_LAYER_LEVEL_BITS = 8;
    private static final int SUB_LAYERS_ALIGNED = 8;

    /// Reads the general part and passes over what is said about sub-layers.
    static ProfileTierLevel read(BitReader bits, int subLayersBelow) throws MalformedException {
        int profileSpace = bits.bits(2);
        boolean highTier = bits.flag();
        int profileIdc = bits.bits(5);
        int compatibilityFlags = (int) bits.bits32();
        byte[] constraints = new byte[CONSTRAINT_BYTES];
        for (int i = 0; i < CONSTRAINT_BYTES; i++) {
            constraints[i] = (byte) bits.bits(8);
        }
        int levelIdc = bits.bits(8);
        skipSubLayers(bits, subLayersBelow);
        return new ProfileTierLevel(
                profileSpace, highTier, profileIdc, compatibilityFlags, ByteString.of(constraints), levelIdc);
    }

    private static void skipSubLayers(BitReader bits, int count) throws MalformedException {
        int following = 0;
        for (int i = 0; i < count; i++) {
            following += bits.flag() ? SUB_LAYER_PROFILE_BITS : 0; // sub_layer_profile_present_flag
            following += bits.flag() ? SUB_LAYER_LEVEL_BITS : 0; // sub_layer_level_present_flag
        }
        if (count > 0) {
            bits.skip(2 * (SUB_LAYERS_ALIGNED - count)); // reserved_zero_2bits
        }
        bits.skip(following);
    }

    /// Writes the general part.
    void write(ByteBuf out) {
        out.writeByte((profileSpace << 6) | (highTier ? 1 << 5 : 0) | profileIdc);
        out.writeInt(compatibilityFlags);
        constraintFlags.writeTo(out);
        out.writeByte(levelIdc);
    }

    /// What follows `hvc1.` in `CODECS`, such as `1.6.L93.B0`. Source: ISO/IEC 14496-15, section E.3.
    String rfc6381() {
        StringBuilder name = new StringBuilder();
        if (profileSpace > 0) {
            name.append((char) ('A' + profileSpace - 1));
        }
        name.append(profileIdc).append('.');
        name.append(Integer.toHexString(Integer.reverse(compatibilityFlags)).toUpperCase(Locale.ROOT));
        name.append('.').append(highTier ? 'H' : 'L').append(levelIdc);
        int named = CONSTRAINT_BYTES;
        while (named > 0 && constraintFlags.at(named - 1) == 0) {
            named--;
        }
        for (int i = 0; i < named; i++) {
            name.append('.').append(Integer.toHexString(constraintFlags.at(i)).toUpperCase(Locale.ROOT));
        }
        return name.toString();
    }
}
