package io.twinspan.crypto.ike.sim;

import io.twinspan.crypto.ike.session.IkeIdentity;
import io.twinspan.crypto.ike.session.IkePolicy;
import io.twinspan.crypto.ike.session.IkeTimers;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.net.TrafficSelector;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.IkeProposal;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import io.twinspan.crypto.suite.SequenceNumbers;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Policies of simulated gateways: a matching pair by default, changed one thing at a time. */
public final class PolicyBuilder {
    public static final String PSK = "correct horse battery staple";
    public static final InetAddress LEFT_ADDRESS = IpPrefix.parseAddress("192.0.2.1");
    public static final InetAddress RIGHT_ADDRESS = IpPrefix.parseAddress("198.51.100.2");
    public static final InetAddress LEFT_PRIVATE_ADDRESS = IpPrefix.parseAddress("10.9.8.7");
    public static final int IKE_PORT = 500;
    private static final int MANY_SELECTORS = 60;

    private IkePolicy.Startup startup;
    private Endpoint local;
    private Endpoint remote;
    private IkeIdentity localIdentity;
    private IkeIdentity remoteIdentity;
    private String psk = PSK;
    private List<IkeProposal> ike = List.of(ikeProposal(KeyExchangeMethod.CURVE25519));
    private List<EspProposal> esp = List.of(espProposal(KeyExchangeMethod.CURVE25519));
    private List<TrafficSelector> localSelectors = everything();
    private List<TrafficSelector> remoteSelectors = everything();
    private IkePolicy.Encapsulation encapsulation = IkePolicy.Encapsulation.AUTO;
    private IkeTimers timers = IkeTimers.defaults();

    private PolicyBuilder(IkePolicy.Startup startup, InetAddress local, InetAddress remote) {
        this.startup = startup;
        this.local = new Endpoint(local, IKE_PORT);
        this.remote = new Endpoint(remote, IKE_PORT);
        localIdentity = IkeIdentity.ofAddress(local);
        remoteIdentity = IkeIdentity.ofAddress(remote);
    }

    /** The left gateway, which starts. */
    public static PolicyBuilder left() {
        return new PolicyBuilder(IkePolicy.Startup.INITIATE, LEFT_ADDRESS, RIGHT_ADDRESS);
    }

    /** The right gateway, which waits. */
    public static PolicyBuilder right() {
        return new PolicyBuilder(IkePolicy.Startup.RESPOND, RIGHT_ADDRESS, LEFT_ADDRESS);
    }

    /** AES-GCM with one of these key exchange methods. */
    public static IkeProposal ikeProposal(KeyExchangeMethod... methods) {
        return new IkeProposal(
                List.of(EncryptionAlgorithm.AES_GCM_16_256),
                List.of(),
                List.of(PseudorandomFunction.HMAC_SHA2_256),
                List.of(methods));
    }

    /** AES-GCM with PFS by one of these methods, or without PFS. */
    public static EspProposal espProposal(KeyExchangeMethod... methods) {
        return new EspProposal(
                List.of(EncryptionAlgorithm.AES_GCM_16_256),
                List.of(),
                List.of(methods),
                List.of(SequenceNumbers.EXTENDED_64, SequenceNumbers.SHORT_32));
    }

    /** The whole IPv4 address space. */
    public static List<TrafficSelector> everything() {
        return selectors("0.0.0.0/0");
    }

    /** One selector for each prefix. */
    public static List<TrafficSelector> selectors(String... prefixes) {
        return List.of(prefixes).stream()
                .map(IpPrefix::parse)
                .map(TrafficSelector::ofPrefix)
                .toList();
    }

    /** So many /24 of a /16 that messages which carry two such lists travel in fragments. */
    public static List<TrafficSelector> manySelectors(int firstOctet) {
        return IntStream.range(0, MANY_SELECTORS)
                .mapToObj(i -> IpPrefix.parse(firstOctet + ".16." + 2 * i + ".0/24"))
                .map(TrafficSelector::ofPrefix)
                .toList();
    }

    /** Whether it starts. */
    public PolicyBuilder startup(IkePolicy.Startup value) {
        startup = value;
        return this;
    }

    /** Our endpoint; identities stay. */
    public PolicyBuilder local(InetAddress address) {
        local = new Endpoint(address, IKE_PORT);
        return this;
    }

    /** The peer's endpoint; identities stay. */
    public PolicyBuilder remote(InetAddress address) {
        remote = new Endpoint(address, IKE_PORT);
        return this;
    }

    /** What we call ourselves, and what the peer must. */
    public PolicyBuilder identities(IkeIdentity ours, IkeIdentity theirs) {
        localIdentity = ours;
        remoteIdentity = theirs;
        return this;
    }

    /** The secret. */
    public PolicyBuilder psk(String value) {
        psk = value;
        return this;
    }

    /** What to negotiate for the IKE SA. */
    public PolicyBuilder ike(IkeProposal... proposals) {
        ike = List.of(proposals);
        return this;
    }

    /** What to negotiate for the child SA. */
    public PolicyBuilder esp(EspProposal... proposals) {
        esp = List.of(proposals);
        return this;
    }

    /** Inner traffic. */
    public PolicyBuilder selectors(List<TrafficSelector> ours, List<TrafficSelector> theirs) {
        localSelectors = ours;
        remoteSelectors = theirs;
        return this;
    }

    /** ESP in UDP or not. */
    public PolicyBuilder encapsulation(IkePolicy.Encapsulation value) {
        encapsulation = value;
        return this;
    }

    /** Durations. */
    public PolicyBuilder timers(IkeTimers value) {
        timers = value;
        return this;
    }

    /** The policy. */
    public IkePolicy build() {
        return new IkePolicy(
                startup,
                local,
                remote,
                localIdentity,
                remoteIdentity,
                SecretBytes.copyOf(psk.getBytes(StandardCharsets.US_ASCII)),
                ike,
                esp,
                localSelectors,
                remoteSelectors,
                encapsulation,
                1024,
                timers);
    }
}
