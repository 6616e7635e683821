package io.twinspan.daemon.sys;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The C library's wrappers of the system calls this gateway makes. Each method returns what the call returned, or the
 * negated errno where it failed. Any thread.
 */
final class Libc {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;

    private static final int SEEK_END = 2;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    /** One small block for errno each thread that makes system calls; freed with the thread. */
    private static final ThreadLocal<MemorySegment> STATE =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CAPTURE));

    private static final MethodHandle OPEN =
            handle("open", FunctionDescriptor.of(INT, POINTER, INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(INT, INT));

    /** On arrays of the Java heap: the garbage collector waits for these calls, so only where they cannot block. */
    private static final MethodHandle READ =
            handle("read", FunctionDescriptor.of(LONG, INT, POINTER, LONG), Linker.Option.critical(true));

    private static final MethodHandle WRITE =
            handle("write", FunctionDescriptor.of(LONG, INT, POINTER, LONG), Linker.Option.critical(true));

    private static final MethodHandle IOCTL =
            handle("ioctl", FunctionDescriptor.of(INT, INT, LONG, POINTER), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle FCNTL =
            handle("fcntl", FunctionDescriptor.of(INT, INT, INT, INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle SOCKET = handle("socket", FunctionDescriptor.of(INT, INT, INT, INT));
    private static final MethodHandle BIND = handle("bind", FunctionDescriptor.of(INT, INT, POINTER, INT));
    private static final MethodHandle SETSOCKOPT =
            handle("setsockopt", FunctionDescriptor.of(INT, INT, INT, INT, POINTER, INT));
    private static final MethodHandle GETSOCKOPT =
            handle("getsockopt", FunctionDescriptor.of(INT, INT, INT, INT, POINTER, POINTER));
    private static final MethodHandle SEND = handle("send", FunctionDescriptor.of(LONG, INT, POINTER, LONG, INT));
    private static final MethodHandle SENDTO =
            handle("sendto", FunctionDescriptor.of(LONG, INT, POINTER, LONG, INT, POINTER, INT));
    private static final MethodHandle RECV = handle("recv", FunctionDescriptor.of(LONG, INT, POINTER, LONG, INT));
    private static final MethodHandle SENDMMSG = handle("sendmmsg", FunctionDescriptor.of(INT, INT, LONG, INT, INT));
    private static final MethodHandle RECVMMSG =
            handle("recvmmsg", FunctionDescriptor.of(INT, INT, POINTER, INT, INT, POINTER));
    private static final MethodHandle PPOLL =
            handle("ppoll", FunctionDescriptor.of(INT, POINTER, LONG, POINTER, POINTER));
    private static final MethodHandle SENDMSG = handle("sendmsg", FunctionDescriptor.of(LONG, INT, POINTER, INT));
    private static final MethodHandle GETSOCKNAME =
            handle("getsockname", FunctionDescriptor.of(INT, INT, POINTER, POINTER));
    private static final MethodHandle MEMFD_CREATE = handle("memfd_create", FunctionDescriptor.of(INT, POINTER, INT));
    private static final MethodHandle FTRUNCATE = handle("ftruncate", FunctionDescriptor.of(INT, INT, LONG));
    private static final MethodHandle LSEEK = handle("lseek", FunctionDescriptor.of(LONG, INT, LONG, INT));
    private static final MethodHandle MMAP =
            handle("mmap", FunctionDescriptor.of(LONG, LONG, LONG, INT, INT, INT, LONG));
    private static final MethodHandle MLOCK2 = handle("mlock2", FunctionDescriptor.of(INT, LONG, LONG, INT));
    private static final MethodHandle UNSHARE = handle("unshare", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle CLOCK_GETTIME = handle("clock_gettime", FunctionDescriptor.of(INT, INT, POINTER));

    private static final MethodHandle ADJTIMEX = handle("adjtimex", FunctionDescriptor.of(INT, POINTER));

    private Libc() {}

    /** open(2). */
    static int open(MemorySegment path, int flags) {
        MemorySegment state = STATE.get();
        try {
            return result((int) OPEN.invokeExact(state, path, flags), state);
        } catch (Throwable e) {
            throw bug("open", e);
        }
    }

    /** close(2). */
    static int close(int fd) {
        MemorySegment state = STATE.get();
        try {
            return result((int) CLOSE.invokeExact(state, fd), state);
        } catch (Throwable e) {
            throw bug("close", e);
        }
    }

    /** read(2) of a non-blocking descriptor into an array. */
    static int read(int fd, byte[] into, int offset, int length) {
        MemorySegment state = STATE.get();
        try {
            MemorySegment target = MemorySegment.ofArray(into).asSlice(offset, length);
            return result((int) (long) READ.invokeExact(state, fd, target, (long) length), state);
        } catch (Throwable e) {
            throw bug("read", e);
        }
    }

    /** write(2) to a non-blocking descriptor from an array. */
    static int write(int fd, byte[] from, int offset, int length) {
        MemorySegment state = STATE.get();
        try {
            MemorySegment source = MemorySegment.ofArray(from).asSlice(offset, length);
            return result((int) (long) WRITE.invokeExact(state, fd, source, (long) length), state);
        } catch (Throwable e) {
            throw bug("write", e);
        }
    }

    /** ioctl(2) with a pointer argument. */
    static int ioctl(int fd, long request, MemorySegment argument) {
        MemorySegment state = STATE.get();
        try {
            return result((int) IOCTL.invokeExact(state, fd, request, argument), state);
        } catch (Throwable e) {
            throw bug("ioctl", e);
        }
    }

    /** fcntl(2) with a number as argument. */
    static int fcntl(int fd, int command, int argument) {
        MemorySegment state = STATE.get();
        try {
            return result((int) FCNTL.invokeExact(state, fd, command, argument), state);
        } catch (Throwable e) {
            throw bug("fcntl", e);
        }
    }

    /** socket(2). */
    static int socket(int domain, int type, int protocol) {
        MemorySegment state = STATE.get();
        try {
            return result((int) SOCKET.invokeExact(state, domain, type, protocol), state);
        } catch (Throwable e) {
            throw bug("socket", e);
        }
    }

    /** bind(2). */
    static int bind(int fd, MemorySegment address, int length) {
        MemorySegment state = STATE.get();
        try {
            return result((int) BIND.invokeExact(state, fd, address, length), state);
        } catch (Throwable e) {
            throw bug("bind", e);
        }
    }

    /** setsockopt(2). */
    static int setsockopt(int fd, int level, int option, MemorySegment value, int length) {
        MemorySegment state = STATE.get();
        try {
            return result((int) SETSOCKOPT.invokeExact(state, fd, level, option, value, length), state);
        } catch (Throwable e) {
            throw bug("setsockopt", e);
        }
    }

    /** getsockopt(2). */
    static int getsockopt(int fd, int level, int option, MemorySegment value, MemorySegment length) {
        MemorySegment state = STATE.get();
        try {
            return result((int) GETSOCKOPT.invokeExact(state, fd, level, option, value, length), state);
        } catch (Throwable e) {
            throw bug("getsockopt", e);
        }
    }

    /** send(2). */
    static int send(int fd, MemorySegment from, long length, int flags) {
        MemorySegment state = STATE.get();
        try {
            return result((int) (long) SEND.invokeExact(state, fd, from, length, flags), state);
        } catch (Throwable e) {
            throw bug("send", e);
        }
    }

    /** sendto(2). */
    static int sendto(int fd, MemorySegment from, long length, int flags, MemorySegment address, int addressOctets) {
        MemorySegment state = STATE.get();
        try {
            return result(
                    (int) (long) SENDTO.invokeExact(state, fd, from, length, flags, address, addressOctets), state);
        } catch (Throwable e) {
            throw bug("sendto", e);
        }
    }

    /** recv(2). */
    static int recv(int fd, MemorySegment into, long length, int flags) {
        MemorySegment state = STATE.get();
        try {
            return result((int) (long) RECV.invokeExact(state, fd, into, length, flags), state);
        } catch (Throwable e) {
            throw bug("recv", e);
        }
    }

    /** sendmmsg(2) of the messages from {@code first} on. */
    static int sendmmsg(int fd, MemorySegment messages, int first, int count, int flags) {
        MemorySegment state = STATE.get();
        try {
            // The address, not a slice: a slice would be an object for each call.
            long address = messages.address() + (long) first * MessageLayout.MESSAGE_OCTETS;
            return result((int) SENDMMSG.invokeExact(state, fd, address, count, flags), state);
        } catch (Throwable e) {
            throw bug("sendmmsg", e);
        }
    }

    /** recvmmsg(2) without a time limit. */
    static int recvmmsg(int fd, MemorySegment messages, int count, int flags) {
        MemorySegment state = STATE.get();
        try {
            return result((int) RECVMMSG.invokeExact(state, fd, messages, count, flags, MemorySegment.NULL), state);
        } catch (Throwable e) {
            throw bug("recvmmsg", e);
        }
    }

    /** ppoll(2) of one descriptor with a time limit and no signal mask. */
    static int ppoll(MemorySegment descriptor, MemorySegment limit) {
        MemorySegment state = STATE.get();
        try {
            return result((int) PPOLL.invokeExact(state, descriptor, 1L, limit, MemorySegment.NULL), state);
        } catch (Throwable e) {
            throw bug("ppoll", e);
        }
    }

    /** sendmsg(2). */
    static int sendmsg(int fd, MemorySegment message, int flags) {
        MemorySegment state = STATE.get();
        try {
            return result((int) (long) SENDMSG.invokeExact(state, fd, message, flags), state);
        } catch (Throwable e) {
            throw bug("sendmsg", e);
        }
    }

    /** getsockname(2). */
    static int getsockname(int fd, MemorySegment address, MemorySegment length) {
        MemorySegment state = STATE.get();
        try {
            return result((int) GETSOCKNAME.invokeExact(state, fd, address, length), state);
        } catch (Throwable e) {
            throw bug("getsockname", e);
        }
    }

    /** memfd_create(2). */
    static int memfdCreate(MemorySegment name, int flags) {
        MemorySegment state = STATE.get();
        try {
            return result((int) MEMFD_CREATE.invokeExact(state, name, flags), state);
        } catch (Throwable e) {
            throw bug("memfd_create", e);
        }
    }

    /** ftruncate(2). */
    static int ftruncate(int fd, long octets) {
        MemorySegment state = STATE.get();
        try {
            return result((int) FTRUNCATE.invokeExact(state, fd, octets), state);
        } catch (Throwable e) {
            throw bug("ftruncate", e);
        }
    }

    /** Length of a file, lseek(2) to its end; at most 2 GiB. */
    static int length(int fd) {
        MemorySegment state = STATE.get();
        try {
            return result((int) (long) LSEEK.invokeExact(state, fd, 0L, SEEK_END), state);
        } catch (Throwable e) {
            throw bug("lseek", e);
        }
    }

    /** mmap(2) anywhere, of a file from its start; the address, or the negated errno. */
    static long mmap(long octets, int protection, int flags, int fd) {
        MemorySegment state = STATE.get();
        try {
            long address = (long) MMAP.invokeExact(state, 0L, octets, protection, flags, fd, 0L);
            return address == -1 ? -(int) ERRNO.get(state, 0L) : address;
        } catch (Throwable e) {
            throw bug("mmap", e);
        }
    }

    /** mlock2(2). */
    static int mlock2(long address, long octets, int flags) {
        MemorySegment state = STATE.get();
        try {
            return result((int) MLOCK2.invokeExact(state, address, octets, flags), state);
        } catch (Throwable e) {
            throw bug("mlock2", e);
        }
    }

    /** adjtimex(2). */
    static int adjtimex(MemorySegment timex) {
        MemorySegment state = STATE.get();
        try {
            return result((int) ADJTIMEX.invokeExact(state, timex), state);
        } catch (Throwable e) {
            throw bug("adjtimex", e);
        }
    }

    /** clock_gettime(2). */
    static int clockGettime(int clock, MemorySegment time) {
        MemorySegment state = STATE.get();
        try {
            return result((int) CLOCK_GETTIME.invokeExact(state, clock, time), state);
        } catch (Throwable e) {
            throw bug("clock_gettime", e);
        }
    }

    /** unshare(2). */
    static int unshare(int flags) {
        MemorySegment state = STATE.get();
        try {
            return result((int) UNSHARE.invokeExact(state, flags), state);
        } catch (Throwable e) {
            throw bug("unshare", e);
        }
    }

    /** Passes a result on, or throws where it is a negated errno. */
    static int check(int result, String call) {
        if (result < 0) {
            throw new SyscallException(call, -result);
        }
        return result;
    }

    private static int result(int returned, MemorySegment state) {
        return returned >= 0 ? returned : -(int) ERRNO.get(state, 0L);
    }

    private static MethodHandle handle(String name, FunctionDescriptor descriptor, Linker.Option... more) {
        Linker.Option[] options = new Linker.Option[more.length + 1];
        options[0] = Linker.Option.captureCallState("errno");
        System.arraycopy(more, 0, options, 1, more.length);
        MemorySegment symbol = LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new IllegalStateException("the C library has no " + name));
        return LINKER.downcallHandle(symbol, descriptor, options);
    }

    private static IllegalStateException bug(String call, Throwable e) {
        return new IllegalStateException("call of " + call + " is wrong", e);
    }
}
