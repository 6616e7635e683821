package io.twinspan.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** How to reach the gateway. */
sealed interface Transport {
    /**
     * A new connection.
     *
     * @param patient true where an answer may take any time to come
     */
    Link connect(boolean patient) throws IOException;

    /** What stands in the Host header. */
    String host();

    /** A connection's two directions, and its end. */
    record Link(InputStream in, OutputStream out, Closeable end) {}

    /** The Unix socket. Its answers have no time limit; interrupting the calling thread ends the call. */
    record Unix(Path socket) implements Transport {
        @Override
        public Link connect(boolean patient) throws IOException {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            return new Link(Channels.newInputStream(channel), Channels.newOutputStream(channel), channel);
        }

        @Override
        public String host() {
            return "twinspan";
        }
    }

    /** TCP: TLS for {@code https}, plain for {@code http}, which the gateway speaks on loopback addresses only. */
    record Tcp(URI base, SSLSocketFactory tls, Duration timeout) implements Transport {
        @Override
        public Link connect(boolean patient) throws IOException {
            boolean secure = base.getScheme().equals("https");
            int port = base.getPort() > 0 ? base.getPort() : secure ? 443 : 80;
            Socket plain = new Socket();
            try {
                plain.connect(new InetSocketAddress(name(), port), (int) timeout.toMillis());
                plain.setSoTimeout(patient ? 0 : (int) timeout.toMillis());
                Socket socket = secure ? secured(plain, port) : plain;
                return new Link(socket.getInputStream(), socket.getOutputStream(), socket);
            } catch (IOException e) {
                plain.close();
                throw e;
            }
        }

        /** RFC 9110 section 4.3.4: the certificate must be the one of the name that was asked for. */
        private Socket secured(Socket plain, int port) throws IOException {
            SSLSocket socket = (SSLSocket) tls.createSocket(plain, name(), port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        }

        private String name() {
            String host = base.getHost();
            return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        }

        @Override
        public String host() {
            return base.getPort() > 0 ? base.getHost() + ":" + base.getPort() : base.getHost();
        }
    }
}
