package io.twinspan.daemon.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.NamespaceRequirement;
import io.twinspan.daemon.app.GatewayDaemon;
import io.twinspan.daemon.cli.ApiClient;
import io.twinspan.daemon.control.ConnectionStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/**
 * The dashboard in a real browser with a real gateway behind it: one lab for all, and a life of it in order, since a fail-over
 * leaves its traces on purpose.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    private static Path folder = Path.of("");

    private static Lab lab;
    private static LoopbackProxy proxy;
    private static Browser browser;
    private static LabFlow flow;

    @BeforeAll
    static void start() throws IOException {
        NamespaceRequirement.require();
        browser = Browser.start();
        Path socket = folder.resolve("gateway.sock");
        LabOptions options = new LabOptions(LabOptions.Peer.TWINSPAN, false, LinkImpairment.NONE, socket);
        lab = Lab.start(options, GatewayDaemon::start);
        proxy = LoopbackProxy.start(socket);
        lab.await("redundant", 30, ConnectionStatus::redundant);
        flow = LabFlow.start(lab.topology().hostA(), LabTopology.ON_PREM_HOST, LabTopology.VPC_HOST, 2, 400);
        flow.awaitEchoes(50, 20);
    }

    @AfterAll
    static void stop() throws IOException {
        if (flow != null) {
            flow.close();
        }
        if (proxy != null) {
            proxy.close();
        }
        if (lab != null) {
            lab.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    @Order(1)
    void theOverviewShowsEveryConnectionAndLeadsToItsPage() throws IOException {
        browser.open(proxy.url());
        browser.awaitText("[data-connection=lab]", "up, redundant");
        browser.awaitText("[data-connection=lab]", "1 up");
        browser.awaitText("[data-connection=lab]", "2 standby");
        assertAccessible();
        browser.click("[data-connection=lab]");
        browser.awaitText("h1", "lab");
    }

    @Test
    @Order(2)
    void thePageOfAConnectionShowsStatesRatesKeysSizesAndTheConfiguration() throws IOException {
        openPage();
        browser.awaitText(".pair", "ACTIVE");
        browser.find("[data-tunnel='1'][data-state=up]");
        browser.find("[data-tunnel='2'][data-state=standby]");
        browser.awaitText("[data-tunnel='1']", "Mb/s");
        browser.awaitText("#card-security-associations + *, section", "ESP, sends");
        browser.awaitText(".sum", "largest inner packet");
        browser.awaitText("#chart-throughput .key", "Mb/s");
        browser.awaitText("#chart-rtt .key", "ms");
        browser.awaitText("#chart-loss .key", "0.0 %");
        assertThat(browser.count(".plot canvas")).isEqualTo(3);
        // A gateway that has just started has a line of a few seconds.
        Awaitility.await("pixels of lines")
                .untilAsserted(
                        () -> assertThat(drawn("#chart-throughput canvas")).isGreaterThan(50));
        browser.click("#configuration summary");
        browser.awaitText("#configuration pre", "pre-shared-key: (secret");
        browser.click(".twin summary");
        browser.awaitText(".twin td", "Mb/s");
        assertAccessible();
    }

    @Test
    @Order(3)
    void theCountdownToARekeyMoves() {
        openPage();
        browser.awaitText("section", "ESP, sends");
        String before = countdown();
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> !countdown().equals(before));
        assertThat(countdown()).matches("[0-9:]+");
    }

    @Test
    @Order(4)
    void bothThemesAreReadableAndTheSwitchIsRemembered() throws IOException {
        browser.prefer("dark");
        openPage();
        assertThat(background()).isEqualTo("rgb(14, 19, 25)");
        assertAccessible();
        browser.click("#theme");
        assertThat(browser.find("#theme").getText()).isEqualTo("Theme: light");
        assertThat(background()).isEqualTo("rgb(245, 247, 249)");
        browser.driver().navigate().refresh();
        browser.awaitText("h1", "lab");
        assertThat(background()).isEqualTo("rgb(245, 247, 249)");
        browser.run("localStorage.clear()");
        browser.prefer("light");
    }

    @Test
    @Order(5)
    void aPhoneShowsAllOfItWithoutSidewaysScroll() throws IOException {
        browser.resize(360, 780);
        openPage();
        browser.awaitText(".pair", "ACTIVE");
        browser.awaitText("section", "ESP, sends");
        browser.assertNoSidewaysScroll();
        assertAccessible();
        browser.open(proxy.url() + "#/");
        browser.awaitText("[data-connection=lab]", "up, redundant");
        browser.assertNoSidewaysScroll();
        browser.resize(1280, 1000);
    }

    @Test
    @Order(5)
    void anAddressOfNoConnectionSaysSoAlsoWhereItIsNoAddressAtAll() throws IOException {
        for (String name : List.of("nowhere", "%E0%A4%A")) {
            browser.open("about:blank");
            browser.open(proxy.url() + "#/c/" + name);
            browser.awaitText("h1", "No such connection");
            browser.awaitText("section", name);
        }
        assertPageIsSilentAndLocal();
    }

    @Test
    @Order(6)
    void aSwitchNeedsNothingButTheKeyboard() {
        openPage();
        browser.find("#switch-2");
        tabTo("switch-2");
        press(Keys.ENTER);
        browser.awaitText("#dialog-title", "Switch lab to tunnel 2?");
        assertThat(focused()).describedAs("the safe answer comes first").isEqualTo("dialog-no");
        tabTo("dialog-yes");
        press(Keys.ENTER);
        browser.awaitText("#dialog-result", "moved 1 -> 2");
        press(Keys.ENTER);
        browser.find("[data-tunnel='2'][data-state=up]");
        assertThat(lab.status().activeTunnel()).isEqualTo(2);
        browser.awaitText("#announce", "tunnel 2 up, active");
    }

    @Test
    @Order(7)
    void aRekeyShowsItsResultAndTheNewKeys() {
        openPage();
        browser.awaitText("section", "ESP, sends");
        String before = spis();
        browser.click("#rekey-2");
        browser.click("#dialog-yes");
        browser.awaitText("#dialog-result", "rekeying the child SA of lab/2");
        browser.click("#dialog-no");
        Awaitility.await().atMost(PATIENCE).until(() -> !spis().equals(before));
    }

    @Test
    @Order(8)
    void aDrillRunsFromThePageToItsReport() throws IOException {
        post("/v1/switch?connection=lab&tunnel=auto");
        lab.await("settled", 40, status -> status.redundant() && settled(status));
        openPage();
        browser.find("#drill-scenario option[value=daemon-restart][disabled]");
        browser.run("document.querySelector('#drill-scenario').value = 'planned'");
        browser.run("document.querySelector('#drill-scenario').dispatchEvent(new Event('change'))");
        browser.run("document.querySelector('#drill-for').value = '2s'");
        browser.click("#drill-run");
        browser.awaitText("#dialog-title", "Run the drill planned on lab?");
        browser.click("#dialog-yes");
        browser.awaitText("#dialog-result", "the drill runs");
        browser.click("#dialog-no");
        browser.awaitText(".log", "passed");
        String report =
                Objects.requireNonNull(browser.find(".log [data-report]").getAttribute("href"));
        browser.awaitText("section td .badge", "passed");
        assertPageIsSilentAndLocal();
        browser.open(report);
        browser.awaitText("h1", "planned");
        assertThat(browser.console(Level.WARNING)).isEmpty();
        // A report is sandboxed, so that axe has to look at the very same text as a file.
        Path file = folder.resolve("report.html");
        Files.writeString(
                file,
                new ApiClient(lab.options().socket())
                        .exchange("GET", report.substring(report.indexOf("/v1/")), false)
                        .body());
        browser.open(file.toUri().toString());
        assertThat(browser.violations()).isEmpty();
        browser.resize(360, 780);
        browser.assertNoSidewaysScroll();
        browser.resize(1280, 1000);
    }

    @Test
    @Order(9)
    void aStreamThatWasCutComesBackWithoutAGap() throws IOException {
        openPage();
        browser.find("[data-live=on]");
        proxy.cut();
        browser.awaitText("#live", "reconnecting");
        // What happens meanwhile is in the journal; an order by the socket itself makes three events at least.
        post("/v1/rekey?connection=lab&tunnel=1");
        Awaitility.await().atMost(PATIENCE).until(() -> events().contains("child.rekeyed"));
        proxy.mend();
        browser.find("[data-live=on]");
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sequencesInPage())
                        .describedAs("what the page knows of the journal")
                        .isEqualTo(true));
        // A stream that is cut on purpose is told of by the browser itself.
        assertThat(browser.console(Level.WARNING)).allMatch(line -> line.contains("ERR_"));
    }

    @Test
    @Order(10)
    void aFailOverIsSeenWithinASecondOfItsEvent() throws IOException {
        openPage();
        int active = lab.status().activeTunnel();
        browser.find("[data-tunnel='" + active + "'][data-state=up]");
        browser.run("""
                window.seen = null;
                window.said = "";
                const region = document.querySelector("#announce");
                new MutationObserver(() => { window.said += region.textContent + ". "; }).observe(region, { childList: true });
                new MutationObserver(() => {
                  const other = document.querySelector("[data-tunnel='" + (3 - arguments[0]) + "'][data-state=up]");
                  if (other !== null && window.seen === null) { window.seen = Date.now(); }
                }).observe(document.querySelector(".pair"), { childList: true, subtree: true });
                """.replace("arguments[0]", Integer.toString(active)));
        lab.cut(active);
        browser.find("[data-tunnel='" + (3 - active) + "'][data-state=up]");
        browser.awaitText("[data-event='connection.failover']", "traffic left tunnel " + active);
        browser.awaitText(".anatomy", "last sign of life");
        long switched = lab.status().switches().getFirst().times().switched().toEpochMilli();
        long seen = ((Number) Objects.requireNonNull(browser.run("return window.seen"))).longValue();
        assertThat(seen - switched)
                .describedAs("ms from the switch to the page")
                .isBetween(0L, 1_000L);
        browser.click("[data-event='connection.failover']");
        browser.find("#zoom-out:not([hidden])");
        assertThat(browser.run("return document.querySelector('.event[aria-pressed=true]').dataset.event"))
                .isEqualTo("connection.failover");
        assertThat(String.valueOf(browser.run("return window.said")))
                .describedAs("what a screen reader heard")
                .contains("tunnel " + (3 - active) + " up, active");
        browser.find("[data-tunnel='" + active + "'][data-state=down], [data-tunnel='" + active
                + "'][data-state=connecting]");
        assertAccessible();
        assertPageIsSilentAndLocal();
    }

    private static void openPage() {
        browser.open("about:blank");
        try {
            browser.open(proxy.url() + "#/c/lab");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        browser.awaitText("h1", "lab");
    }

    private static void assertAccessible() throws IOException {
        assertThat(browser.violations()).isEmpty();
    }

    private static void assertPageIsSilentAndLocal() {
        assertThat(browser.console(Level.WARNING)).describedAs("console").isEmpty();
        List<String> requests = browser.requests();
        assertThat(requests)
                .isNotEmpty()
                .allMatch(url ->
                        url.startsWith("http://127.0.0.1:") || url.startsWith("file:") || url.equals("about:blank"));
    }

    private static boolean settled(ConnectionStatus status) {
        return status.activeTunnel() == 1
                && status.switches().stream()
                        .filter(move -> move.from() != 0)
                        .allMatch(move -> Duration.between(move.at(), java.time.Instant.now())
                                        .toSeconds()
                                > 10);
    }

    private static void post(String path) throws IOException {
        assertThat(new ApiClient(lab.options().socket())
                        .exchange("POST", path, false)
                        .status())
                .isEqualTo(200);
    }

    private static String events() throws IOException {
        return new ApiClient(lab.options().socket())
                .exchange("GET", "/v1/events", false)
                .body();
    }

    /** Whether the page has each number of the journal exactly once, up to the newest. */
    private static boolean sequencesInPage() {
        return Boolean.TRUE.equals(browser.driver().executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                Promise.all([import("/dashboard/store.js"), fetch("/v1/events").then(answer => answer.json())]).then(([it, all]) => {
                  const here = it.store.events.map(event => event.sequence).join();
                  done(all.events.map(event => event.sequence).join() === here);
                }, error => done(String(error)));
                """));
    }

    /** Pixels of a chart that are clearly coloured. */
    private static long drawn(String selector) {
        return ((Number) Objects.requireNonNull(browser.run("""
                const chart = document.querySelector(arguments[0]);
                // Of a copy that is meant to be read: the browser complains about a page that reads its canvas.
                const copy = new OffscreenCanvas(chart.width, chart.height).getContext("2d", { willReadFrequently: true });
                copy.drawImage(chart, 0, 0);
                const data = copy.getImageData(0, 0, chart.width, chart.height).data;
                let coloured = 0;
                for (let i = 0; i < data.length; i += 4) {
                  coloured += data[i + 3] > 100 && Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]) > 90 ? 1 : 0;
                }
                return coloured;
                """, selector))).longValue();
    }

    private static String countdown() {
        return String.valueOf(
                browser.run(
                        "return [...document.querySelectorAll('tr')].find(it => it.textContent.includes('ESP, sends'))?.children[5].textContent ?? ''"));
    }

    private static String spis() {
        return String.valueOf(
                browser.run("return [...document.querySelectorAll('td.mono')].map(it => it.textContent).join()"));
    }

    private static String background() {
        return String.valueOf(browser.run("return getComputedStyle(document.body).backgroundColor"));
    }

    private static String focused() {
        return String.valueOf(browser.run("return document.activeElement.id"));
    }

    private static void press(CharSequence key) {
        new Actions(browser.driver()).sendKeys(key).perform();
    }

    private static void tabTo(String id) {
        for (int i = 0; i < 40 && !focused().equals(id); i++) {
            press(Keys.TAB);
        }
        assertThat(focused()).isEqualTo(id);
    }
}
