/**
 * From what AWS hands out for a VPN connection to files that {@link io.twinspan.config.ConfigLoader} accepts.
 *
 * <p>Two inputs: the XML of the customer gateway, and the JSON of {@code describe-vpn-connections}, which holds that XML and
 * the tunnel options. The XML's ciphers, groups and lifetimes are a sample that stays at the minimum whatever the options
 * say, so of the XML only addresses, keys and AS numbers are believed. The JSON leaves out every option that was not
 * touched: what is absent has AWS's default, which {@link io.twinspan.config.awsimport.AwsDefaults} holds with a date. Lists
 * are unordered; tunnels are joined by their outside address and numbered by it, so that two imports number alike.
 *
 * <p>Nothing here throws on any input, looks up a name or opens a connection. Keys are held as {@code SecretBytes} once they
 * are out of the document; only {@link io.twinspan.config.awsimport.ImportedFiles#write} touches the disk.
 */
@NullMarked
package io.twinspan.config.awsimport;

import org.jspecify.annotations.NullMarked;
