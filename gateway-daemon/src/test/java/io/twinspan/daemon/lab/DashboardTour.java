package io.twinspan.daemon.lab;

import io.twinspan.daemon.app.GatewayDaemon;
import io.twinspan.daemon.control.ConnectionStatus;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes pictures of the dashboard with a running lab, for people who want to look at it: {@code main FOLDER}. */
public final class DashboardTour {
    private DashboardTour() {}

    /** Writes the pictures into a folder. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        Path socket = Files.createTempDirectory("tour").resolve("gateway.sock");
        LabOptions options = new LabOptions(LabOptions.Peer.TWINSPAN, false, LinkImpairment.NONE, socket);
        try (Lab lab = Lab.start(options, GatewayDaemon::start);
                LoopbackProxy proxy = LoopbackProxy.start(socket);
                Browser browser = Browser.start()) {
            lab.await("redundant", 30, ConnectionStatus::redundant);
            try (LabFlow there = LabFlow.start(
                            lab.topology().hostA(), LabTopology.ON_PREM_HOST, LabTopology.VPC_HOST, 1, 1_000);
                    LabFlow back = LabFlow.start(
                            lab.topology().vpc(), LabTopology.VPC_HOST, LabTopology.ON_PREM_HOST, 3, 600)) {
                there.awaitEchoes(100, 20);
                browser.prefer("light");
                browser.open(proxy.url());
                Thread.sleep(2_000);
                browser.longPicture(folder.resolve("overview-light.png"));
                browser.open(proxy.url() + "#/c/lab");
                Thread.sleep(8_000);
                lab.cut(lab.status().activeTunnel());
                Thread.sleep(30_000);
                browser.run("document.querySelector('#configuration').open = true");
                Thread.sleep(500);
                browser.longPicture(folder.resolve("light.png"));
                browser.prefer("dark");
                Thread.sleep(1_500);
                browser.longPicture(folder.resolve("dark.png"));
                browser.prefer("light");
                browser.resize(360, 780);
                Thread.sleep(2_000);
                browser.longPicture(folder.resolve("phone.png"));
                System.out.println(browser.console(java.util.logging.Level.ALL));
                System.out.println(browser.violations());
                System.out.println(back.echoes());
            }
        }
    }
}
