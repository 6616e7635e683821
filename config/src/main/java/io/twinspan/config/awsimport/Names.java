package io.twinspan.config.awsimport;

import java.util.regex.Pattern;

/** Names and ids of the document made fit for our file and for a terminal. */
final class Names {
    private static final int MAX_NAME = 32;
    private static final int MAX_DEVICE = 15;
    private static final int MAX_ID = 64;
    private static final String DEVICE_PREFIX = "ts-";
    private static final Pattern CONNECTION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,31}");

    private Names() {}

    /** True where the text can name a connection as it is. */
    static boolean isConnectionName(String text) {
        return CONNECTION.matcher(text).matches();
    }

    /** A connection name made of any text; empty where nothing is left of it. */
    static String connectionName(String text) {
        String name = text.strip().replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return name.length() > MAX_NAME ? name.substring(0, MAX_NAME).replaceAll("-+$", "") : name;
    }

    /** A device name: the connection's where it fits, else its end, which differs between ids. */
    static String device(String connectionName) {
        int room = MAX_DEVICE - DEVICE_PREFIX.length();
        String tail = connectionName.length() <= room
                ? connectionName
                : connectionName.substring(connectionName.length() - 8);
        return DEVICE_PREFIX + tail;
    }

    /** An id for people: printable and short. */
    static String clean(String id) {
        String printable = id.strip().replaceAll("[^A-Za-z0-9:/_.-]", "?");
        return printable.length() > MAX_ID ? printable.substring(0, MAX_ID) + "..." : printable;
    }
}
