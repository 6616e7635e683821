package io.twinspan.crypto.ike.sim;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.sim.StrictWalk.Payload;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One machine alone, spoken to by a {@link ScriptedPeer} or by raw octets. */
public final class MachineProbe {
    private final SimClock clock = new SimClock(-Duration.ofSeconds(5).toNanos());
    private final WireWatch watch = new WireWatch(clock);
    private final List<SimPacket.Ike> sent = new ArrayList<>();
    private final SimGateway gateway;
    private final Side side;
    private Endpoint local;
    private Endpoint remote;
    private int keepalives;

    /** A machine at rest with this policy, on this side. */
    public MachineProbe(Side side, PolicyBuilder policy) {
        this.side = side;
        gateway = new SimGateway(side, policy.build(), new SimEntropy(42), clock, watch, this::collect);
        local = gateway.policy().local();
        remote = gateway.policy().remote();
    }

    /** A machine that waits, and a peer that has set up both SAs with it. */
    public static Established respondingTo(PolicyBuilder right) {
        MachineProbe probe = new MachineProbe(Side.RIGHT, right);
        ScriptedPeer peer = new ScriptedPeer(true, 7, PolicyBuilder.LEFT_ADDRESS.getAddress());
        peer.acceptInit(probe.only(peer.initRequest()));
        return finish(probe, peer, peer.open(probe.only(peer.request(WireHeader.IKE_AUTH, peer.authPayloads()))));
    }

    /** A machine that started, and a peer that has set up both SAs with it. */
    public static Established initiatingTo(PolicyBuilder left) {
        MachineProbe probe = new MachineProbe(Side.LEFT, left);
        ScriptedPeer peer = new ScriptedPeer(false, 7, PolicyBuilder.RIGHT_ADDRESS.getAddress());
        byte[] init = probe.fire(new IkeEvent.Initiate()).getFirst();
        byte[] auth = probe.only(peer.answerInit(init));
        List<Payload> payloads = peer.open(auth);
        probe.feed(peer.answer(auth, peer.authPayloads()));
        return finish(probe, peer, payloads);
    }

    private static Established finish(MachineProbe probe, ScriptedPeer peer, List<Payload> auth) {
        if (!peer.proves(auth)) {
            throw new SimViolation("the machine does not prove its secret");
        }
        int spi = WirePayloads.number(WirePayloads.spiOfSa(WirePayloads.need(auth, StrictWalk.SA)));
        if (!probe.gateway.inbound().containsKey(spi)) {
            throw new SimViolation("the machine named an SPI that it did not install");
        }
        return new Established(probe, peer, peer.childSpi(), spi);
    }

    /**
     * Both ends of an established tunnel.
     *
     * @param peerChildSpi inbound SPI of the scripted peer
     * @param machineChildSpi inbound SPI of the machine
     */
    public record Established(MachineProbe probe, ScriptedPeer peer, int peerChildSpi, int machineChildSpi) {
        /** The peer still gets an answer to an empty request, so the IKE SA lives. */
        public void mustStillAnswer() {
            if (!peer.open(probe.only(peer.request(WireHeader.INFORMATIONAL))).isEmpty()) {
                throw new SimViolation("the answer to a liveness check is not empty");
            }
        }
    }

    private void collect(SimPacket packet) {
        switch (packet) {
            case SimPacket.Ike ike -> {
                sent.add(ike);
                local = ike.source();
                remote = ike.destination();
            }
            case SimPacket.Esp _ -> throw new IllegalStateException("probes send no traffic");
            case SimPacket.Keepalive _ -> keepalives++;
        }
    }

    /** Gives the machine a message from its peer; returns what it sends. */
    public List<byte[]> feed(byte[] message) {
        return feedFrom(remote, message);
    }

    /** As {@link #feed} from another endpoint. */
    public List<byte[]> feedFrom(Endpoint source, byte[] message) {
        int before = sent.size();
        gateway.receive(new SimPacket.Ike(source, local, message.clone()));
        return since(before);
    }

    /** Gives the machine a message and expects exactly one in return. */
    public byte[] only(byte[] message) {
        List<byte[]> answers = feed(message);
        if (answers.size() != 1) {
            throw new SimViolation(answers.size() + " messages instead of one; " + gateway.reports());
        }
        return answers.getFirst();
    }

    /** Gives the machine an event; returns what it sends. */
    public List<byte[]> fire(IkeEvent event) {
        int before = sent.size();
        gateway.fire(event);
        return since(before);
    }

    /** Lets time pass; returns what the machine sends. */
    public List<byte[]> advance(Duration duration) {
        int before = sent.size();
        long end = clock.elapsedNanos() + duration.toNanos();
        for (long due = nextElapsed(); due <= end; due = nextElapsed()) {
            clock.moveTo(Math.max(due, clock.elapsedNanos()));
            gateway.deadlineReached();
        }
        clock.moveTo(end);
        return since(before);
    }

    private long nextElapsed() {
        long deadline = gateway.nextDeadlineNanos();
        return deadline == Deadline.NEVER ? Deadline.NEVER : clock.elapsedAt(deadline);
    }

    private List<byte[]> since(int before) {
        return sent.subList(before, sent.size()).stream()
                .map(SimPacket.Ike::message)
                .toList();
    }

    /** The machine with its model SAD. */
    public SimGateway gateway() {
        return gateway;
    }

    /** Which side it plays. */
    public Side side() {
        return side;
    }

    /** Everything sent so far. */
    public List<SimPacket.Ike> sent() {
        return sent;
    }

    /** Where the machine last sent to. */
    public Endpoint remote() {
        return remote;
    }

    /** The time. */
    public SimClock clock() {
        return clock;
    }

    /** NAT keepalives sent so far. */
    public int keepalives() {
        return keepalives;
    }
}
