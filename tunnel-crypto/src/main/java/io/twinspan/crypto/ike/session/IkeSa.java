package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.time.Deadline;
import java.util.ArrayList;
import java.util.List;

/**
 * One IKE SA, by what is true of it. An SA that does not exist any more has no state.
 *
 * <pre>
 * initiator:  AwaitingSaInit --response--> AwaitingAuth --AUTH verified--> Established
 * responder:  HalfOpen --AUTH verified--> Established
 *                 \--AUTH refused--> Closed
 * Established: ACTIVE --rekeyed--> REPLACED --DELETE--> Closed
 *                \--our DELETE--> CLOSING --response--> gone
 * </pre>
 */
sealed interface IkeSa {
    /** Our SPI; names the SA. */
    long localSpi();

    /** The peer's SPI, 0 while unknown. */
    long remoteSpi();

    /** True where we are the original initiator. */
    boolean initiator();

    /** Both sides' SPIs and the keys are known. */
    sealed interface Keyed extends IkeSa {
        /** What stays as it is for the SA's life. */
        SaCore core();

        @Override
        default long localSpi() {
            return core().localSpi();
        }

        @Override
        default long remoteSpi() {
            return core().remoteSpi();
        }

        @Override
        default boolean initiator() {
            return core().initiator();
        }
    }

    /**
     * IKE_SA_INIT is sent.
     *
     * @param offer our nonce, key exchange and SPI
     * @param cookie what the peer asked us to repeat, empty if it did not
     * @param message the IKE_SA_INIT request as last sent; AUTH will cover it
     * @param path port 500 on both sides
     * @param request the window
     * @param refusal the error notify heard so far
     */
    record AwaitingSaInit(
            IkeOffer offer,
            byte[] cookie,
            byte[] message,
            SaPath path,
            Outstanding request,
            Refusal refusal,
            long createdNanos)
            implements IkeSa {
        @Override
        public long localSpi() {
            return offer.localSpi();
        }

        @Override
        public long remoteSpi() {
            return 0;
        }

        @Override
        public boolean initiator() {
            return true;
        }

        AwaitingSaInit with(Outstanding newRequest, Refusal newRefusal) {
            return new AwaitingSaInit(offer, cookie, message, path, newRequest, newRefusal, createdNanos);
        }
    }

    /**
     * IKE_AUTH is sent.
     *
     * @param messages the two IKE_SA_INIT messages, which AUTH covers
     * @param request the window
     * @param child what we proposed for the first child SA
     * @param fragments of the response
     */
    record AwaitingAuth(
            SaCore core,
            SaPath path,
            InitMessages messages,
            Outstanding request,
            ChildOffer child,
            Reassembly fragments)
            implements Keyed {
        AwaitingAuth with(Outstanding newRequest) {
            return new AwaitingAuth(core, path, messages, newRequest, child, fragments);
        }

        AwaitingAuth with(Reassembly newFragments) {
            return new AwaitingAuth(core, path, messages, request, child, newFragments);
        }
    }

    /**
     * IKE_SA_INIT is answered; IKE_AUTH must follow. A responder never retransmits on its own (RFC 7296 section 2.1).
     *
     * @param messages the two IKE_SA_INIT messages; the second one is sent again when the first one is repeated
     * @param expireNanos when to forget it
     * @param fragments of the IKE_AUTH request
     */
    record HalfOpen(SaCore core, SaPath path, InitMessages messages, long expireNanos, Reassembly fragments)
            implements Keyed {
        HalfOpen with(Reassembly newFragments) {
            return new HalfOpen(core, path, messages, expireNanos, newFragments);
        }
    }

    /**
     * Authenticated.
     *
     * @param window our requests
     * @param cache the peer's requests
     * @param fragments of messages that are not complete
     * @param tasks exchanges that wait for the window
     */
    record Established(
            SaCore core,
            SaPath path,
            RequestWindow window,
            ResponseCache cache,
            Reassembly fragments,
            List<Task> tasks,
            SaClock clock,
            Stage stage)
            implements Keyed {
        public Established {
            tasks = List.copyOf(tasks);
        }

        /** How far its life is. */
        enum Stage {
            /** The one that new exchanges use. */
            ACTIVE,
            /** Made by the peer's rekey while ours is outstanding too: the nonces will decide. */
            CANDIDATE,
            /** Another took over; the peer is to delete this one. */
            REPLACED,
            /** We have asked, or will ask, the peer to forget it. */
            CLOSING
        }

        boolean isActive() {
            return stage == Stage.ACTIVE;
        }

        Established with(RequestWindow newWindow) {
            return new Established(core, path, newWindow, cache, fragments, tasks, clock, stage);
        }

        Established with(ResponseCache newCache) {
            return new Established(core, path, window, newCache, fragments.answered(), tasks, clock, stage);
        }

        Established with(SaPath newPath) {
            return new Established(core, newPath, window, cache, fragments, tasks, clock, stage);
        }

        Established with(SaClock newClock) {
            return new Established(core, path, window, cache, fragments, tasks, newClock, stage);
        }

        Established with(List<Task> newTasks) {
            return new Established(core, path, window, cache, fragments, newTasks, clock, stage);
        }

        Established with(Reassembly newFragments) {
            return new Established(core, path, window, cache, newFragments, tasks, clock, stage);
        }

        Established in(Stage newStage, long endNanos) {
            return new Established(core, path, window, cache, fragments, tasks, clock.endAt(endNanos), newStage);
        }

        /** Wants one more exchange, unless it is already wanted. */
        Established wanting(Task task) {
            if (tasks.contains(task)) {
                return this;
            }
            List<Task> more = new ArrayList<>(tasks);
            more.add(task);
            return with(more);
        }

        /** True where a request for this is outstanding. */
        boolean awaits(Class<? extends PendingExchange> kind) {
            return window instanceof RequestWindow.Waiting(Outstanding _, PendingExchange pending)
                    && kind.isInstance(pending);
        }
    }

    /**
     * Gone, but its last answer may have been lost: it is given again to the same octets, and to nothing else.
     *
     * @param cache the last request and its answer
     * @param awaitedId message id of our request whose response may still come, or {@link #NOTHING_AWAITED}
     * @param expireNanos when to forget it
     */
    record Closed(
            long localSpi, long remoteSpi, boolean initiator, ResponseCache cache, long awaitedId, long expireNanos)
            implements IkeSa {
        /** No message id. */
        static final long NOTHING_AWAITED = -1;

        Closed answered() {
            return new Closed(localSpi, remoteSpi, initiator, cache, NOTHING_AWAITED, expireNanos);
        }
    }

    /** The next instant at which this SA wants to be looked at, apart from liveness, which is the peer's. */
    default long deadlineNanos() {
        return switch (this) {
            case AwaitingSaInit sa -> sa.request().deadlineNanos();
            case AwaitingAuth sa -> sa.request().deadlineNanos();
            case HalfOpen sa -> sa.expireNanos();
            case Closed sa -> sa.expireNanos();
            case Established sa -> {
                long due =
                        Deadline.earlier(sa.window().deadlineNanos(), sa.clock().endNanos());
                due = Deadline.earlier(due, sa.clock().expireNanos());
                yield sa.isActive() ? Deadline.earlier(due, sa.clock().rekeyNanos()) : due;
            }
        };
    }
}
