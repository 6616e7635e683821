package io.twinspan.daemon.resume;

import io.twinspan.daemon.control.ConnectionMemory;
import io.twinspan.daemon.dataplane.NumberBook;
import io.twinspan.daemon.ike.PeerMemory;
import io.twinspan.daemon.ike.TunnelName;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shared memory that one daemon leaves to the next, laid out as
 *
 * <pre>
 * 0        header: magic and layout version, number of takeovers in a row
 * 64       one octet for each record: 1 where it is in use
 * 64 KiB   number cells, 128 octets each
 * behind   records, two copies of 32 KiB each
 * </pre>
 *
 * <p>A record is written to the copy that is not in use and counts once its checksum is right; then the other copy is zeroed. A
 * process that dies in the middle leaves the copy before. Holds keys: to be shared with nobody but the next process, and never
 * on disk. Control loop only, but for the cells.
 */
public final class StateRegion {
    /** The octets that it takes; pages that were never written take no memory. */
    public static final int BYTES;

    private static final Logger LOG = LoggerFactory.getLogger(StateRegion.class);

    /** "TWINSTA" and the version of the layout. */
    private static final long MAGIC = 0x5457_494e_5354_4101L;

    /** Before a connection's name, in the name of its record. */
    private static final String CONNECTION = "connection ";

    private static final int RECORDS = 1_088;
    private static final int CELLS = 4_096;
    private static final int TAKEOVERS_AT = 8;
    private static final int DIRECTORY_AT = 64;
    private static final int CELLS_AT = 64 << 10;
    private static final int RECORDS_AT = CELLS_AT + CELLS * NumberCells.CELL_BYTES;

    /** So many processes in a row that all end within a minute may be dying of what they take up. */
    private static final int MOST_TAKEOVERS = 8;

    static {
        BYTES = RECORDS_AT + RECORDS * RecordSlot.BYTES;
    }

    private final ByteBuffer memory;
    private final LongSupplier bootNanos;
    private final NumberCells numbers;
    private final Map<String, Integer> places = new HashMap<>();
    private final Set<String> unclaimed = new HashSet<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private boolean ended;

    private StateRegion(ByteBuffer memory, LongSupplier bootNanos) {
        this.memory = memory;
        this.bootNanos = bootNanos;
        this.numbers = new NumberCells(memory, CELLS_AT, CELLS);
        for (int place = 0; place < RECORDS; place++) {
            register(place);
        }
    }

    /** True where the memory is empty or has this layout; anything else is better replaced by new memory. */
    public static boolean recognises(ByteBuffer memory) {
        if (memory.capacity() < BYTES) {
            return false;
        }
        long magic = memory.duplicate().order(ByteOrder.nativeOrder()).getLong(0);
        return magic == 0 || magic == MAGIC;
    }

    /**
     * The region in this memory. What cannot be read is zeroed, and so is everything after so many takeovers in a row that no
     * process lived to call {@link #proved}: then what is taken up may be what kills them.
     *
     * @param shared of {@link #BYTES} at least, not on the Java heap
     * @param bootNanos a clock that goes on between the processes, and while the machine sleeps
     */
    public static StateRegion over(ByteBuffer shared, LongSupplier bootNanos) {
        ByteBuffer memory = shared.duplicate().order(ByteOrder.nativeOrder());
        if (!recognises(memory)) {
            LOG.warn("What the process before left has another layout: its tunnels are negotiated anew.");
            zero(memory, 0, BYTES);
        }
        memory.putLong(0, MAGIC);
        int takeovers = memory.getInt(TAKEOVERS_AT) + 1;
        StateRegion region = new StateRegion(memory, bootNanos);
        if (takeovers < 0 || takeovers > MOST_TAKEOVERS) {
            LOG.warn(
                    "{} processes in a row ended soon after they took over: tunnels are negotiated anew.",
                    takeovers - 1);
            region.wipe();
            takeovers = 1;
        }
        memory.putInt(TAKEOVERS_AT, takeovers);
        return region;
    }

    /** This process has lived long enough to say that what it took up does not kill it. */
    public void proved() {
        memory.putInt(TAKEOVERS_AT, 0);
    }

    /** Where the sequence numbers of all child SAs are. */
    public NumberBook numbers() {
        return numbers;
    }

    /** Where the state of a tunnel's IKE peer is. */
    public PeerMemory peer(TunnelName tunnel) {
        return new KeptPeer(this, numbers, "peer " + tunnel);
    }

    /** Where fail-over and operators' orders of a connection are. */
    public ConnectionMemory connection(String name) {
        String record = CONNECTION + name;
        return new ConnectionMemory() {
            @Override
            public void keep(byte[] notes) {
                var _ = write(record, notes);
            }

            @Override
            public Optional<Recollection> recall() {
                return read(record)
                        .map(stored -> new Recollection(stored.payload(), sinceNanos(stored.writtenNanos())));
            }
        };
    }

    /** Forgets fail-over and orders of every connection but these: the others are configured no more. */
    public void retain(Set<String> connections) {
        places.keySet().stream()
                .filter(record -> record.startsWith(CONNECTION))
                .filter(record -> !connections.contains(record.substring(CONNECTION.length())))
                .toList()
                .forEach(this::erase);
    }

    /** Everything that is still wanted has been recalled: the rest, with the keys in it, is zeroed. */
    public void settle() {
        Set.copyOf(unclaimed).forEach(this::erase);
        numbers.settle();
    }

    /** Zeroes everything: nothing is left to take up. */
    public void wipe() {
        Set.copyOf(places.keySet()).forEach(this::erase);
        numbers.wipe();
    }

    /** Zeroes everything, and keeps nothing from now on. */
    public void end() {
        ended = true;
        wipe();
    }

    /** How long ago, on a clock that goes on between processes. */
    long sinceNanos(long writtenNanos) {
        return Math.max(0, bootNanos.getAsLong() - writtenNanos);
    }

    /** False where it does not fit: then nothing of that name is kept. */
    boolean write(String name, byte[] payload) {
        if (ended) {
            return true;
        }
        Integer place = places.get(name);
        if (place == null) {
            place = free.pollFirst();
            if (place == null) {
                return false;
            }
            places.put(name, place);
            memory.put(DIRECTORY_AT + place, (byte) 1);
        }
        unclaimed.remove(name);
        boolean fits = slot(place).write(bootNanos.getAsLong(), name, payload);
        if (!fits) {
            erase(name);
        }
        return fits;
    }

    Optional<RecordSlot.Stored> read(String name) {
        Integer place = places.get(name);
        return place == null ? Optional.empty() : slot(place).read();
    }

    void erase(String name) {
        Integer place = places.remove(name);
        unclaimed.remove(name);
        if (place != null) {
            slot(place).erase();
            memory.put(DIRECTORY_AT + place, (byte) 0);
            free.addLast(place);
        }
    }

    private void register(int place) {
        if (memory.get(DIRECTORY_AT + place) == 0) {
            free.addLast(place);
            return;
        }
        Optional<RecordSlot.Stored> stored = slot(place).read();
        if (stored.isPresent() && places.putIfAbsent(stored.get().name(), place) == null) {
            unclaimed.add(stored.get().name());
        } else {
            slot(place).erase();
            memory.put(DIRECTORY_AT + place, (byte) 0);
            free.addLast(place);
        }
    }

    private RecordSlot slot(int place) {
        return new RecordSlot(memory, RECORDS_AT + place * RecordSlot.BYTES);
    }

    static void zero(ByteBuffer memory, int offset, int length) {
        for (int i = 0; i < length; i++) {
            memory.put(offset + i, (byte) 0);
        }
    }
}
