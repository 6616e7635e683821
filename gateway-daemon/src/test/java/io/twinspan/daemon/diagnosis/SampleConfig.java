package io.twinspan.daemon.diagnosis;

import io.twinspan.config.ConfigLoader;
import io.twinspan.config.LoadResult;
import io.twinspan.config.model.GatewayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A configuration of one connection, loaded from a file as the daemon does. */
public final class SampleConfig {
    /** The key in both files: nothing that is shown may hold it. */
    public static final String KEY = "planted.Key_of_the_Tunnel_0123456789";

    private static final String TEXT = """
            version: 1
            connections:
              prod:
                local: 10.0.0.0/8
                remote: 172.31.0.0/16
                device: twin0
                uplink-mtu: 1500
                identity: { local: 198.51.100.7 }
                ike:
                  encryption: aes-gcm-16-256
                  groups: 20
                tunnels:
                  - number: 1
                    psk-file: 1.psk
                    outside: { remote: 203.0.113.10 }
                    inside: { local: 169.254.10.2/30, remote: 169.254.10.1 }
                  - number: 2
                    psk-file: 2.psk
                    outside: { remote: 203.0.113.94 }
                    inside: { local: 169.254.11.2/30, remote: 169.254.11.1 }
                    ike: { groups: 19 }
            """;

    private SampleConfig() {}

    /** Writes configuration and keys into a folder. */
    public static Path write(Path folder) throws IOException {
        for (String name : new String[] {"1.psk", "2.psk"}) {
            Path key = folder.resolve(name);
            Files.writeString(key, KEY + name.charAt(0) + "\n");
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        }
        return Files.writeString(folder.resolve("twinspan.yaml"), TEXT);
    }

    static GatewayConfig load(Path folder) throws IOException {
        return switch (ConfigLoader.load(write(folder))) {
            case LoadResult.Loaded(GatewayConfig config, var _) -> config;
            case LoadResult.Invalid invalid -> throw new IllegalStateException(String.valueOf(invalid.problems()));
        };
    }
}
