package io.twinspan.crypto.primitive;

/**
 * Authenticated encryption of packets under one key, in place on a range of an array: for ESP and for the IKE SK payload.
 *
 * <p>A packet is laid out as {@code header | IV | text | ICV}, without gaps, from {@code offset}. The header is
 * authenticated and not encrypted; the text is both. The caller places the IV before it seals, and never the same one
 * twice under one key: an engine notices at most that the same IV came twice in a row.
 *
 * <ul>
 *   <li>AEAD (RFC 4106, 5282, 7634): the nonce is salt and IV, the associated data is the header. The IV is 8 octets.
 *   <li>AES-CBC with HMAC (RFC 3602, 2404, 4868): encrypt, then authenticate header, IV and ciphertext. The text must be
 *       a positive multiple of 16 octets.
 * </ul>
 *
 * <p>The {@code Extended} variants are for ESP with extended sequence numbers: the high 32 bits are authenticated although
 * they are not on the wire, between SPI and sequence number for AEAD (RFC 4106 section 5), behind the ciphertext for HMAC
 * (RFC 4303 section 2.2.1).
 *
 * <p>No method throws on any content or length: what cannot be done is answered with {@code false}. (The JDK's AEAD
 * ciphers throw inside where a tag is wrong, and there is no way around it: with them a forged packet costs a stack trace,
 * with a native engine it costs none.) Not thread safe; one
 * object serves one key and may be used in both directions.
 */
public interface PacketCipher {
    /** The longest text one packet may carry, in octets. */
    int MAX_TEXT_BYTES = 65_536;

    /** Octets of the ESP header (SPI and sequence number), the only header an extended packet may have. */
    int ESP_HEADER_BYTES = 8;

    /** Octets of IV on the wire. */
    int ivBytes();

    /** Octets of integrity check value behind the text. */
    int icvBytes();

    /** What the length of the text must be a multiple of for the cipher itself: 16 for CBC, 1 for AEAD. */
    int blockBytes();

    /**
     * Encrypts the text where it stands and writes the ICV behind it.
     *
     * @param offset start of the header; the IV stands at {@code offset + headerLength}
     * @param textLength octets between IV and ICV, padding included
     * @return false where nothing may be sent: a bad length or range, or an engine that refused. The text may then be
     *     damaged, but the packet was not sealed
     */
    boolean seal(byte[] packet, int offset, int headerLength, int textLength);

    /** As {@link #seal} with the ESP header of 8 octets, and {@code sequenceHigh} authenticated too. */
    boolean sealExtended(byte[] packet, int offset, int textLength, int sequenceHigh);

    /**
     * Verifies the ICV and only then decrypts the text where it stands.
     *
     * @param offset start of the header; the IV stands at {@code offset + headerLength}
     * @param textLength octets between IV and ICV; any value, also a negative one, is safe
     * @return false where the packet is not authentic or the range is impossible; every octet is then as it was
     */
    boolean open(byte[] packet, int offset, int headerLength, int textLength);

    /** As {@link #open} with the ESP header of 8 octets, and {@code sequenceHigh} authenticated too. */
    boolean openExtended(byte[] packet, int offset, int textLength, int sequenceHigh);

    /**
     * Overwrites the key with zeros, here and as far as the provider lets us, and ends the use of this object: from now on
     * every other method that takes a packet answers false.
     */
    void destroy();
}
