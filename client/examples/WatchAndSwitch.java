import io.twinspan.client.Status;
import io.twinspan.client.TwinspanClient;
import io.twinspan.client.TwinspanException;
import java.nio.file.Path;

/** Moves each connection to its standby tunnel where there is one: {@code java -cp twinspan-client.jar WatchAndSwitch.java}. */
class WatchAndSwitch {
    public static void main(String[] arguments) {
        Path socket = arguments.length > 0 ? Path.of(arguments[0]) : TwinspanClient.USUAL_SOCKET;
        TwinspanClient gateway = TwinspanClient.unix(socket);
        for (Status.Connection connection : gateway.status().connections()) {
            System.out.println(connection.name() + " is " + connection.state() + ", active " + connection.activeTunnel());
            for (Status.Tunnel tunnel : connection.tunnels()) {
                if (tunnel.state().equals("standby")) {
                    try {
                        System.out.println(gateway.switchTo(connection.name(), tunnel.number()));
                    } catch (TwinspanException refused) {
                        System.out.println(refused.getMessage() + ": " + refused.hint());
                    }
                }
            }
        }
    }
}
