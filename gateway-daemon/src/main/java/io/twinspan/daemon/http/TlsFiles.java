package io.twinspan.daemon.http;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.twinspan.config.model.ApiConfig.Tls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS as RFC 9325 wants it: versions 1.3 and 1.2, forward secrecy, authenticated ciphers; by the JDK. Reads files: never on a
 * loop.
 */
final class TlsFiles {
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** RFC 9325 section 4.2. */
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private TlsFiles() {}

    /** What makes a connection of ours speak TLS. */
    static SslContext read(Tls tls) throws IOException {
        SslContextBuilder builder;
        try {
            builder = SslContextBuilder.forServer(
                    tls.certificate().toFile(), tls.key().toFile());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "cannot take " + tls.certificate() + " with " + tls.key() + ": " + reason(e)
                            + "; wanted are PEM files, the key as PKCS#8 without a password",
                    e);
        }
        builder.sslProvider(SslProvider.JDK).protocols(PROTOCOLS).ciphers(CIPHERS);
        Path authorities = tls.clientCa();
        if (authorities != null) {
            trust(builder, authorities);
        }
        try {
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IOException("cannot take " + tls.certificate() + " with " + tls.key() + ": " + reason(e), e);
        }
    }

    /** Wanted and not needed: who shows no certificate may still show a token. */
    private static void trust(SslContextBuilder builder, Path authorities) throws IOException {
        try {
            builder.trustManager(authorities.toFile()).clientAuth(ClientAuth.OPTIONAL);
        } catch (IllegalArgumentException e) {
            throw new IOException("cannot read certificates from " + authorities + ": " + reason(e), e);
        }
    }

    /** The innermost message; the files' contents are never a part of it. */
    private static String reason(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        return cause == null ? String.valueOf(failure.getMessage()) : reason(cause);
    }
}
