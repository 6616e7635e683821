package io.twinspan.crypto.ike.message;

import java.util.List;
import java.util.Optional;

/** An IKE message: its header and its payloads in the order of the wire. */
public record IkeMessage(IkeHeader header, List<IkePayload> payloads) {
    public IkeMessage {
        payloads = List.copyOf(payloads);
    }

    /** The first payload of a kind. */
    public <P extends IkePayload> Optional<P> first(Class<P> kind) {
        return payloads.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /** All payloads of a kind. */
    public <P extends IkePayload> List<P> all(Class<P> kind) {
        return payloads.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The first notify of a type. */
    public Optional<IkePayload.Notify> notify(NotifyType type) {
        return all(IkePayload.Notify.class).stream()
                .filter(notify -> notify.is(type))
                .findFirst();
    }

    /** The first notify that tells of an error, of a known type or not. */
    public Optional<IkePayload.Notify> firstError() {
        return all(IkePayload.Notify.class).stream()
                .filter(IkePayload.Notify::isError)
                .findFirst();
    }
}
