package io.twinspan.config.awsimport;

import io.twinspan.crypto.net.IpPrefix;
import java.util.List;

/**
 * What the user says beside the document; empty means not said.
 *
 * @param connectionName what to call the connection; else its Name tag, else its id
 * @param local on-prem networks
 * @param remote AWS networks
 * @param bind outside address to send from; else the one the route to AWS uses
 * @param vpnId which connection, where the JSON lists several
 */
public record ImportOptions(
        String connectionName, List<IpPrefix> local, List<IpPrefix> remote, String bind, String vpnId) {
    public ImportOptions {
        local = List.copyOf(local);
        remote = List.copyOf(remote);
    }

    /** Nothing said. */
    public static ImportOptions none() {
        return new ImportOptions("", List.of(), List.of(), "", "");
    }

    /** The same with these networks. */
    public ImportOptions withNetworks(List<IpPrefix> onPrem, List<IpPrefix> aws) {
        return new ImportOptions(connectionName, onPrem, aws, bind, vpnId);
    }

    /** The same with another connection name. */
    public ImportOptions withConnectionName(String name) {
        return new ImportOptions(name, local, remote, bind, vpnId);
    }

    /** The same with an outside address to send from. */
    public ImportOptions withBind(String address) {
        return new ImportOptions(connectionName, local, remote, address, vpnId);
    }

    /** The same for one of several connections. */
    public ImportOptions withVpnId(String id) {
        return new ImportOptions(connectionName, local, remote, bind, id);
    }
}
