package io.twinspan.crypto.primitive;

import io.twinspan.crypto.suite.PseudorandomFunction;

/** Known answers of the PRFs under an empty key and under one longer than a block, from an independent implementation. */
final class PrfKnownAnswers {
    private static final int LONG_KEY_BYTES = 200;
    private static final int DATA_BYTES = 64;

    private PrfKnownAnswers() {}

    static boolean passes(PseudorandomFunction function) {
        byte[] data = KnownOctets.counting(DATA_BYTES);
        byte[] withEmptyKey = Prf.of(function, new byte[0]).compute(data);
        byte[] withLongKey =
                Prf.of(function, KnownOctets.counting(LONG_KEY_BYTES)).compute(data);
        return KnownOctets.digest(withEmptyKey, withLongKey).equals(answer(function));
    }

    private static String answer(PseudorandomFunction function) {
        return switch (function) {
            case HMAC_SHA1 -> "7e5c70fad52f573f8fe681e87308fc59f9c1aaef039c9aff50660d2c32579440";
            case HMAC_SHA2_256 -> "88c0c042f17f6b1c75f0638c17a0f385fece7c674fe3c0bae8995c74c8ffb1be";
            case HMAC_SHA2_384 -> "046849d1fc593874643d31067941218288b41f6d6f1c607a02a44c1cae860430";
            case HMAC_SHA2_512 -> "0d138894b83365ec14af7e557ab935169ceae83ce6e36a6acbcfe6c333121b1b";
        };
    }
}
