package io.twinspan.daemon.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets a browser of this host reach a control socket: octets of a TCP port on the loopback, as they are, to the Unix socket and
 * back. The gateway of a lab is in another network, its socket is a file.
 */
final class LoopbackProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final Path socket;
    private final ServerSocketChannel listener;
    private final Set<ByteChannel> open = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;

    private LoopbackProxy(Path socket, ServerSocketChannel listener) {
        this.socket = socket;
        this.listener = listener;
    }

    static LoopbackProxy start(Path socket) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        LoopbackProxy proxy = new LoopbackProxy(socket, listener);
        Thread.ofPlatform().daemon(true).name("proxy").start(proxy::accept);
        return proxy;
    }

    String url() throws IOException {
        return "http://127.0.0.1:" + ((InetSocketAddress) listener.getLocalAddress()).getPort() + "/";
    }

    /** Breaks every connection, and every new one until {@link #mend}. */
    void cut() {
        refusing = true;
        open.forEach(LoopbackProxy::end);
    }

    void mend() {
        refusing = false;
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel browser = listener.accept();
                if (refusing) {
                    browser.close();
                    continue;
                }
                SocketChannel daemon = SocketChannel.open(StandardProtocolFamily.UNIX);
                if (!connects(daemon)) {
                    browser.close();
                    continue;
                }
                open.add(browser);
                open.add(daemon);
                Thread.ofPlatform().daemon(true).start(() -> pump(browser, daemon));
                Thread.ofPlatform().daemon(true).start(() -> pump(daemon, browser));
            } catch (IOException _) {
                // A browser that went away while it was let in, or the end of the proxy.
            }
        }
    }

    /** A daemon that restarts is not there for a while. */
    private boolean connects(SocketChannel daemon) throws IOException {
        try {
            return daemon.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException _) {
            daemon.close();
            return false;
        }
    }

    private void pump(ByteChannel from, ByteChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException _) {
            // Either side may go away at any time; the other then goes, too.
        } finally {
            end(from);
            end(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void end(ByteChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(LoopbackProxy::end);
    }
}
