package io.twinspan.daemon.control;

/** What to rekey. */
public enum RekeyKind {
    /** The child SA that carries traffic. */
    ESP,
    /** The IKE SA. */
    IKE
}
