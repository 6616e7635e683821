package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.IkePayload;
import io.twinspan.crypto.ike.message.IkePayload.Notify;
import io.twinspan.crypto.ike.message.NotifyType;
import java.util.List;

/**
 * How a request of the peer is answered.
 *
 * @param payloads of the response
 * @param afterwards what to do once the response is on its way
 */
record Answer(List<IkePayload> payloads, Runnable afterwards) {
    Answer {
        payloads = List.copyOf(payloads);
    }

    static Answer of(List<IkePayload> payloads) {
        return new Answer(payloads, () -> {});
    }

    static Answer empty() {
        return of(List.of());
    }

    static Answer refusing(NotifyType error) {
        return of(List.of(new Notify(error)));
    }

    static Answer refusing(Notify error) {
        return of(List.of(error));
    }
}
