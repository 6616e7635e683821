package io.twinspan.crypto.ike.message;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Notify message types: all of RFC 7296 section 3.10.1, and those of extensions that peers of ours send. */
public enum NotifyType {
    UNSUPPORTED_CRITICAL_PAYLOAD(1),
    INVALID_IKE_SPI(4),
    INVALID_MAJOR_VERSION(5),
    INVALID_SYNTAX(7),
    INVALID_MESSAGE_ID(9),
    INVALID_SPI(11),
    NO_PROPOSAL_CHOSEN(14),
    INVALID_KE_PAYLOAD(17),
    AUTHENTICATION_FAILED(24),
    SINGLE_PAIR_REQUIRED(34),
    NO_ADDITIONAL_SAS(35),
    INTERNAL_ADDRESS_FAILURE(36),
    FAILED_CP_REQUIRED(37),
    TS_UNACCEPTABLE(38),
    INVALID_SELECTORS(39),
    TEMPORARY_FAILURE(43),
    CHILD_SA_NOT_FOUND(44),
    INITIAL_CONTACT(16_384),
    SET_WINDOW_SIZE(16_385),
    ADDITIONAL_TS_POSSIBLE(16_386),
    IPCOMP_SUPPORTED(16_387),
    NAT_DETECTION_SOURCE_IP(16_388),
    NAT_DETECTION_DESTINATION_IP(16_389),
    COOKIE(16_390),
    USE_TRANSPORT_MODE(16_391),
    HTTP_CERT_LOOKUP_SUPPORTED(16_392),
    REKEY_SA(16_393),
    ESP_TFC_PADDING_NOT_SUPPORTED(16_394),
    NON_FIRST_FRAGMENTS_ALSO(16_395),
    /** RFC 4555 (MOBIKE). */
    MOBIKE_SUPPORTED(16_396),
    /** RFC 4478. */
    AUTH_LIFETIME(16_403),
    /** RFC 5685. */
    REDIRECT_SUPPORTED(16_406),
    /** RFC 5685. */
    REDIRECT(16_407),
    /** RFC 6023. */
    CHILDLESS_IKEV2_SUPPORTED(16_418),
    /** RFC 7383: fragments of IKE messages are understood. */
    IKEV2_FRAGMENTATION_SUPPORTED(16_430),
    /** RFC 7427. */
    SIGNATURE_HASH_ALGORITHMS(16_431),
    /** RFC 8784. */
    USE_PPK(16_435),
    /** RFC 9242. */
    INTERMEDIATE_EXCHANGE_SUPPORTED(16_438);

    /** Types from here on tell of a status, those below of an error. */
    public static final int FIRST_STATUS = 16_384;

    private static final Map<Integer, NotifyType> BY_NUMBER =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(NotifyType::number, Function.identity()));

    private final int number;

    NotifyType(int number) {
        this.number = number;
    }

    /** The IANA number, 0..65535. */
    public int number() {
        return number;
    }

    /** The type with this number, if it is known here. */
    public static Optional<NotifyType> of(int number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }

    /** For people: the type's name, or {@code notify 12345}. */
    public static String label(int number) {
        return of(number).map(Enum::name).orElse("notify " + number);
    }
}
