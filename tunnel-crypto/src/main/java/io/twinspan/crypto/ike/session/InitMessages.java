package io.twinspan.crypto.ike.session;

/** The two IKE_SA_INIT messages that an IKE SA came from, as they were on the wire (RFC 7296 section 2.15). */
record InitMessages(byte[] request, byte[] response) {}
