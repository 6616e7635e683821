package io.twinspan.daemon.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.twinspan.daemon.control.DrillFollower;
import io.twinspan.daemon.drill.DrillMoment;
import io.twinspan.daemon.drill.DrillReport;

/** Tells a client how its drill goes on, a line for each moment, and then ends the connection. Called on the control loop. */
final class DrillStream implements DrillFollower {
    private final ChannelHandlerContext context;
    private final boolean asText;

    DrillStream(ChannelHandlerContext context, boolean asText) {
        this.context = context;
        this.asText = asText;
    }

    @Override
    public void happened(DrillMoment moment) {
        write(asText ? DrillText.line(moment) : DrillJson.line(moment));
    }

    @Override
    public void finished(DrillReport report, String where) {
        String place =
                where.isEmpty() ? "" : "report: " + where + "/drill-" + report.id() + ".html (.json, .junit.xml)\n";
        write(asText ? DrillText.summary(report) + place : DrillJson.of(report));
        context.executor()
                .execute(() -> context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
                        .addListener(ChannelFutureListener.CLOSE));
    }

    private void write(String text) {
        context.executor().execute(() -> {
            if (context.channel().isActive()) {
                var _ = context.writeAndFlush(
                        new DefaultHttpContent(Unpooled.copiedBuffer(text, UTF_8)), context.voidPromise());
            }
        });
    }
}
