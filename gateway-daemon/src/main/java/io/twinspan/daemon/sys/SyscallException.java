package io.twinspan.daemon.sys;

/** A system call failed. Thrown by this package only; caught where the call's descriptor is owned. */
public final class SyscallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final int errno;

    /**
     * A failure of a call.
     *
     * @param call name of the call with what it was about, for people
     * @param errno Linux error number
     */
    public SyscallException(String call, int errno) {
        super(call + ": " + Errno.nameOf(errno) + " (" + Errno.textOf(errno) + ")");
        this.call = call;
        this.errno = errno;
    }

    /** The call that failed. */
    public String call() {
        return call;
    }

    /** The Linux error number. */
    public int errno() {
        return errno;
    }
}
