package io.twinspan.daemon.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What a command is about, as typed: {@code prod} or {@code prod/1}.
 *
 * @param connection name of the connection
 * @param tunnel number of the tunnel, 0 for all
 */
record TunnelArgument(String connection, int tunnel) {
    /** Every connection. */
    static final TunnelArgument ALL = new TunnelArgument("", 0);

    static TunnelArgument parse(String text) {
        int slash = text.indexOf('/');
        String name = slash < 0 ? text : text.substring(0, slash);
        String number = slash < 0 ? "" : text.substring(slash + 1);
        if (name.isEmpty() || (slash >= 0 && !number.matches("[1-9]"))) {
            throw new TypeConversionException("'" + text + "' is no connection like prod and no tunnel like prod/1");
        }
        return new TunnelArgument(name, number.isEmpty() ? 0 : Integer.parseInt(number));
    }

    Query query(String path) {
        if (connection.isEmpty()) {
            return new Query(path);
        }
        Query query = new Query(path).with("connection", connection);
        return tunnel == 0 ? query : query.with("tunnel", Integer.toString(tunnel));
    }

    /** For picocli. */
    static final class Converter implements ITypeConverter<TunnelArgument> {
        @Override
        public TunnelArgument convert(String text) {
            return parse(text);
        }
    }
}
