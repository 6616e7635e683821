package io.twinspan.daemon.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.model.ApiConfig;
import io.twinspan.daemon.access.BearerToken;
import io.twinspan.daemon.access.TokenFile;
import io.twinspan.daemon.access.TokenHash;
import io.twinspan.daemon.cli.ApiClient;
import io.twinspan.daemon.http.ApiServer;
import io.twinspan.daemon.http.FakeGateway;
import io.twinspan.daemon.http.GatewayRoutes;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Cookie;

/** Getting into the dashboard and out of it: a real browser at the real TCP listener, with a gateway of two connections. */
class LoginIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String CHANGE_BUTTONS =
            "[id^=switch-], [id^=rekey-], [id^=down-], [id^=up-], #drill-run, #measure";

    @TempDir
    private static Path folder = Path.of("");

    private static FakeGateway gateway;
    private static BearerToken viewer;
    private static Path socket;
    private static Path tokens;
    private static @Nullable ApiServer server;
    private static Browser browser;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start();
        gateway = new FakeGateway();
        gateway.hasAlso("branch");
        socket = folder.resolve("api.sock");
        viewer = BearerToken.create("wall-display", RANDOM::nextBytes);
        byte[] salt = new byte[TokenHash.SALT_OCTETS];
        RANDOM.nextBytes(salt);
        tokens = Files.writeString(
                folder.resolve("tokens"),
                TokenFile.added(
                        "", viewer.name(), new TokenFile.Entry(ApiConfig.Role.VIEWER, TokenHash.of(viewer, salt))));
        serve();
    }

    /** A gateway's start: at the second one on the port of the first, as configured. */
    private static void serve() throws IOException {
        ApiServer serving = ApiServer.start(socket, GatewayRoutes.of(gateway));
        server = serving;
        port = serving.listen(new ApiConfig.Listener(InetAddress.getLoopbackAddress(), port, List.of(), tokens, null))
                .getPort();
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void nobodyIsLoggedIn() {
        browser.open(url());
        browser.driver().manage().deleteAllCookies();
        browser.open("about:blank");
        browser.console(Level.ALL);
        browser.requests();
    }

    /** That a request was answered with 401, Chromium tells by itself; all else would be a fault of the page. */
    @AfterEach
    void theConsoleIsSilentAndEverythingIsLocal() {
        assertThat(browser.console(Level.WARNING))
                .describedAs("console")
                .allMatch(line -> line.contains("status of 401 (Unauthorized)"));
        assertThat(browser.requests())
                .allMatch(address ->
                        address.startsWith("http://127.0.0.1:" + port + "/") || address.equals("about:blank"));
    }

    @Test
    void aLinkOpensThePageLoggedInAndItsKeyIsNowhereAfterwards() throws IOException {
        String link = link();
        browser.open(link);
        browser.awaitText("[data-connection=prod]", "1 down");
        browser.awaitText("#who", "admin");
        assertThat(browser.driver().getCurrentUrl()).isEqualTo(url());
        String key = link.substring(link.indexOf("#k=") + 3);
        assertThat(history()).contains(url()).noneMatch(address -> address.contains(key));
        assertThat(browser.requests()).isNotEmpty().noneMatch(address -> address.contains(key));
        Set<Cookie> cookies = browser.driver().manage().getCookies();
        assertThat(cookies).singleElement().satisfies(cookie -> {
            assertThat(cookie.isHttpOnly()).isTrue();
            assertThat(cookie.getSameSite()).isEqualTo("Strict");
        });
        assertThat(browser.violations()).isEmpty();
    }

    @Test
    void theOverviewHasACardForEachConnection() {
        browser.open(link());
        browser.awaitText("[data-connection=prod]", "2 up");
        browser.awaitText("[data-connection=branch]", "2 up");
        browser.awaitText("#nav", "branch");
        assertThat(browser.count("[data-connection]")).isEqualTo(2);
        browser.click("[data-connection=prod]");
        browser.awaitText("h1", "prod");
        browser.click("#nav a[href='#/']");
        browser.find("[data-connection=branch]");
    }

    @Test
    void aLinkThatWasUsedSaysSoAndHowToGetANewOneWhichWorksInTheSameTab() throws IOException {
        String link = link();
        browser.open(link);
        browser.find("[data-connection=prod]");
        browser.driver().manage().deleteAllCookies();
        browser.open("about:blank");
        browser.open(link);
        browser.awaitText("[role=alert]", "this link was used already");
        browser.awaitText("[role=alert]", "'twinspan dashboard' prints a link");
        assertThat(browser.driver().getCurrentUrl()).isEqualTo(url());
        assertThat(browser.violations()).isEmpty();
        // Typed into the address bar of the very page: no document is loaded, the page has to see it by itself.
        browser.open(link());
        browser.find("[data-connection=prod]");
        browser.awaitText("#who", "admin");
        assertThat(browser.driver().getCurrentUrl()).isEqualTo(url());
    }

    @Test
    void aViewersTokenLogsInAndSeesNoButtonButWhichRoleIsMissing() throws IOException {
        browser.open(url() + "#/c/prod");
        browser.awaitText("h1", "Log in");
        assertThat(browser.driver().getTitle()).isEqualTo("Log in - Twinspan");
        assertThat(browser.find("#live").isDisplayed()).isFalse();
        assertThat(browser.violations()).isEmpty();
        String token = viewer.expose();
        typeToken(token.substring(0, token.length() - 4) + "AAAA");
        browser.awaitText("[role=alert]", "this token is unknown or was removed");
        browser.find("#token").clear();
        typeToken(token);
        browser.awaitText("#who", "token wall-display, viewer");
        browser.awaitText("h1", "prod");
        browser.awaitText("section", "ESP, sends");
        browser.awaitText("[aria-label=Actions]", "Actions need the role operator; yours is viewer.");
        browser.awaitText("main", "Running a drill needs the role operator; yours is viewer.");
        assertThat(browser.count(CHANGE_BUTTONS)).isZero();
        assertThat(browser.violations()).isEmpty();
        // What the page does not offer, the daemon refuses as well.
        assertThat(answerTo("/v1/switch?connection=prod&tunnel=2")).isEqualTo("403");
        assertThat(gateway.orders()).isEmpty();
        assertThat(browser.console(Level.WARNING)).allMatch(line -> line.contains("status of 40"));
    }

    @Test
    void anAdminSeesTheButtonsThatAViewerDoesNot() {
        browser.open(link());
        browser.click("[data-connection=prod]");
        browser.find("#rekey-2");
        browser.find("#drill-run");
        browser.find("#measure");
        assertThat(browser.count(CHANGE_BUTTONS)).isGreaterThan(4);
    }

    @Test
    void whoLogsOutIsOutAndTheCookieIsOfNoUse() {
        browser.open(link());
        browser.find("[data-connection=prod]");
        Cookie cookie = browser.driver().manage().getCookies().iterator().next();
        browser.click("#who button");
        browser.awaitText("h1", "Log in");
        assertThat(browser.driver().manage().getCookies()).isEmpty();
        assertThat(browser.find("#who").getText()).isEmpty();
        browser.driver().manage().addCookie(cookie);
        browser.driver().navigate().refresh();
        browser.awaitText("h1", "Log in");
    }

    @Test
    void aGatewayThatStartedAnewAsksForALoginAndTheTokenLeadsBack() throws IOException {
        browser.open(link());
        browser.click("[data-connection=prod]");
        browser.awaitText("h1", "prod");
        browser.find("[data-live=on]");
        Objects.requireNonNull(server).close();
        browser.awaitText("#live", "reconnecting");
        serve();
        browser.awaitText("h1", "Log in");
        browser.awaitText("[role=alert]", "the gateway was started anew");
        assertThat(browser.find("#who").getText()).isEmpty();
        assertThat(browser.find("#nav").getText()).doesNotContain("prod");
        assertThat(browser.violations()).isEmpty();
        typeToken(viewer.expose());
        browser.awaitText("h1", "prod");
        browser.awaitText("#who", "viewer");
        browser.find("[data-live=on]");
        assertThat(browser.console(Level.WARNING))
                .allMatch(line -> line.contains("ERR_") || line.contains("status of 401"));
    }

    @Test
    void thePolicyOfThePageLetsNoForeignScriptRun() throws IOException {
        HttpURLConnection page = (HttpURLConnection) URI.create(url()).toURL().openConnection();
        assertThat(page.getHeaderField("Content-Security-Policy"))
                .contains("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe");
        browser.open(url());
        browser.awaitText("h1", "Log in");
        assertThat(browser.run("""
                const script = document.createElement("script");
                script.textContent = "window.strange = 1";
                document.body.append(script);
                return window.strange;
                """)).isNull();
        assertThat(browser.console(Level.WARNING)).anyMatch(line -> line.contains("Content Security Policy"));
    }

    private static String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    private static String link() {
        String link = new ApiClient(socket)
                .exchange("POST", "/v1/login/link", true)
                .body()
                .strip();
        assertThat(link).startsWith(url() + "#k=");
        return link;
    }

    /** Where the buttons for back and forth lead. */
    private static List<String> history() {
        Object entries = browser.driver()
                .executeCdpCommand("Page.getNavigationHistory", Map.of())
                .get("entries");
        return ((List<?>) Objects.requireNonNull(entries))
                .stream()
                        .map(entry -> String.valueOf(((Map<?, ?>) entry).get("url")))
                        .toList();
    }

    private static void typeToken(String token) {
        browser.find("#token").sendKeys(token);
        browser.click("form button");
    }

    /** The status of an order with everything that the page's own orders have. */
    private static String answerTo(String order) {
        return String.valueOf(browser.driver().executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                fetch("/v1/session").then(answer => answer.json())
                  .then(session => fetch(arguments[0], { method: "POST", headers: { "Twinspan-Csrf": session.csrf } }))
                  .then(answer => done(String(answer.status)), error => done(String(error)));
                """, order));
    }
}
