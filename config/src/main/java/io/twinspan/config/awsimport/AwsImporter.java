package io.twinspan.config.awsimport;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns AWS's document into files, with an account of where every value came from. Never throws, whatever the input. */
public final class AwsImporter {
    /** A describe answer with every connection of an account stays far below. */
    public static final int MAX_OCTETS = 8 << 20;

    private static final int MAX_LISTED = 20;

    private AwsImporter() {}

    /**
     * Imports one connection.
     *
     * @param input the octets of the file or of standard input: XML or JSON, UTF-8 or UTF-16
     */
    public static ImportResult run(byte[] input, ImportOptions options) {
        ImportLog log = new ImportLog();
        if (input.length > MAX_OCTETS) {
            log.error("the document is larger than " + MAX_OCTETS + " octets");
            return log.result(ImportedFiles.NONE);
        }
        String text = InputText.of(input);
        if (text.startsWith("<")) {
            return ofXml(text, options, log);
        }
        if (text.startsWith("{") || text.startsWith("[") || text.startsWith("\"")) {
            return ofJson(text, options, log);
        }
        log.error(
                text.isEmpty()
                        ? "the document is empty"
                        : "this is neither the XML of the customer gateway nor the JSON of describe-vpn-connections");
        return log.result(ImportedFiles.NONE);
    }

    private static ImportResult ofXml(String text, ImportOptions options, ImportLog log) {
        return switch (AwsXml.parse(text)) {
            case AwsXml.Parsed.Read(XmlConnection xml) ->
                new ConnectionImport(xml, JsonConnection.none(), options, log).run();
            case AwsXml.Parsed.Unreadable(String reason) -> {
                log.error(reason);
                yield log.result(ImportedFiles.NONE);
            }
        };
    }

    private static ImportResult ofJson(String text, ImportOptions options, ImportLog log) {
        return switch (AwsJson.parse(text)) {
            case AwsJson.Parsed.XmlInside(String xml) -> ofXml(xml, options, log);
            case AwsJson.Parsed.Connections(List<JsonConnection> connections) ->
                choose(connections, options, log)
                        .map(json -> new ConnectionImport(embedded(json, log), json, options, log).run())
                        .orElseGet(() -> log.result(ImportedFiles.NONE));
            case AwsJson.Parsed.Unreadable(String reason) -> {
                log.error(reason);
                yield log.result(ImportedFiles.NONE);
            }
        };
    }

    /** The connection asked for, or the only one that is not deleted. */
    private static Optional<JsonConnection> choose(
            List<JsonConnection> connections, ImportOptions options, ImportLog log) {
        List<JsonConnection> candidates = connections.stream()
                .filter(json -> options.vpnId().isEmpty()
                        ? !state(json).startsWith("delet")
                        : options.vpnId().equals(id(json)))
                .toList();
        if (candidates.size() == 1) {
            return Optional.of(candidates.getFirst());
        }
        String listed = connections.stream()
                .limit(MAX_LISTED)
                .map(json -> id(json) + " (" + state(json) + ")")
                .collect(Collectors.joining(", "));
        if (!candidates.isEmpty()) {
            log.error("the document holds several connections, say which one with --vpn: " + listed);
        } else if (options.vpnId().isEmpty()) {
            log.error("every connection of the document is deleted: " + listed);
        } else {
            log.error("the document does not hold " + Names.clean(options.vpnId()) + ", only: " + listed);
        }
        return Optional.empty();
    }

    private static XmlConnection embedded(JsonConnection json, ImportLog log) {
        Optional<Sourced<String>> xml = json.find("CustomerGatewayConfiguration");
        if (xml.isEmpty()) {
            log.warn("the JSON holds no CustomerGatewayConfiguration (AWS gives it while a connection is pending or "
                    + "available, to those who may read it)");
            return XmlConnection.none();
        }
        if (!xml.get().value().startsWith("<")) {
            log.warn("CustomerGatewayConfiguration of the JSON is a placeholder, not XML");
            return XmlConnection.none();
        }
        return switch (AwsXml.parse(xml.get().value())) {
            case AwsXml.Parsed.Read(XmlConnection read) -> read;
            case AwsXml.Parsed.Unreadable(String reason) -> {
                log.warn("CustomerGatewayConfiguration of the JSON is of no use: " + reason);
                yield XmlConnection.none();
            }
        };
    }

    private static String id(JsonConnection json) {
        return json.find("VpnConnectionId").map(id -> Names.clean(id.value())).orElse("without id");
    }

    private static String state(JsonConnection json) {
        return json.find("State").map(state -> Names.clean(state.value())).orElse("state unknown");
    }
}
