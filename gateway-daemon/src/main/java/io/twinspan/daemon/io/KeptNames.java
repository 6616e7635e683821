package io.twinspan.daemon.io;

import java.net.InetAddress;

/** What descriptors are called while they are kept between two processes; a colon is not allowed there. */
public final class KeptNames {
    private static final String TUN = "tun-";

    private KeptNames() {}

    /** The TUN device of a connection. */
    public static String tun(String device) {
        return TUN + device;
    }

    /** The device of a name that {@link #tun} made; empty for any other. */
    public static String deviceOf(String name) {
        return name.startsWith(TUN) ? name.substring(TUN.length()) : "";
    }

    static String udp(InetAddress local, int port) {
        return "udp" + port + "-" + address(local);
    }

    static String rawEsp(InetAddress local) {
        return "esp-" + address(local);
    }

    private static String address(InetAddress local) {
        return local.getHostAddress().replace(':', '_').replaceAll("%.*", "");
    }
}
