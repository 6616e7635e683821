// Rehearsed failures: run one, watch it, read its report.
import { ApiError, get, post, postLines } from "./api.js";
import { ask } from "./dialogs.js";
import { card, h, put, table } from "./dom.js";
import { clock, millis } from "./format.js";
import { badge } from "./states.js";
import { may } from "./store.js";

const VERDICTS = { passed: "up", missed: "down", aborted: "degraded" };

/** What a scenario with a value is tried with first. */
const VALUES = { "one-way-blackhole": "out", loss: "30%", latency: "200ms", "mtu-shrink": "1280" };

export function drillCard(name) {
  const list = h("div", {});
  const runner = h("div", {});
  const element = card("Drills", null, runner, list);
  async function load() {
    const overview = await get("/v1/drills");
    if (runner.childElementCount === 0) {
      put(runner, may("operator") ? form(name, overview.scenarios, load) : h("p", { class: "soft small" }, "Running a drill needs the role operator; yours is viewer."));
    }
    put(list, reports(overview.drills.filter((drill) => drill.connection === name)));
  }
  return {
    element,
    load,
    heard(entry) {
      if (entry !== null && entry.connection === name && entry.event.startsWith("drill.")) {
        load().catch(() => {});
      }
    },
  };
}

function form(name, scenarios, load) {
  const purpose = h("p", { class: "soft small purpose", id: "drill-purpose" });
  const value = h("input", { class: "short", id: "drill-value", autocomplete: "off" });
  const valueLabel = h("label", { for: "drill-value" }, "value", value);
  const scenario = h(
    "select",
    { id: "drill-scenario", "aria-describedby": "drill-purpose", change: () => describe() },
    scenarios.map((it) => h("option", { value: it.name }, it.name)),
  );
  const seconds = h("input", { class: "short", id: "drill-for", value: "20s", autocomplete: "off" });
  const limit = h("input", { class: "short", id: "drill-limit", value: "1s", autocomplete: "off" });
  const log = h("ol", { class: "log", hidden: true, "aria-live": "polite", "aria-label": "The drill as it goes", tabindex: "0" });
  const stop = h("button", { type: "button", id: "drill-stop", hidden: true, click: () => post("/v1/drills/stop").catch(() => {}) }, "Stop the drill");
  const go = h("button", { class: "main", id: "drill-run" }, "Run");
  function describe() {
    const chosen = scenarios.find((it) => it.name === scenario.value);
    purpose.textContent = chosen.purpose;
    valueLabel.hidden = VALUES[chosen.name] === undefined;
    value.value = VALUES[chosen.name] ?? "";
  }
  describe();
  const run = () => {
    const wish = { scenario: value.value === "" ? scenario.value : `${scenario.value}:${value.value}`, connection: name, for: seconds.value, limit: limit.value };
    ask(
      `Run the drill ${wish.scenario} on ${name}?`,
      [
        `The tunnel that carries the traffic now fails for ${wish.for}, made in this gateway alone. The drill ends early where the outage reaches ${wish.limit}.`,
        "It ends at once when you leave this page.",
      ],
      "Run the drill",
      () => start(wish, { log, stop, go, load }),
    );
  };
  return h(
    "div",
    {},
    h("form", { class: "fields", submit: (event) => { event.preventDefault(); run(); } }, h("label", { for: "drill-scenario" }, "scenario", scenario), valueLabel, h("label", { for: "drill-for" }, "for", seconds), h("label", { for: "drill-limit" }, "limit", limit), go, stop),
    purpose,
    log,
  );
}

/** Resolves once the drill runs; the rest of its story goes to the log. */
function start(wish, { log, stop, go, load }) {
  const line = (at, text) => log.append(h("li", {}, h("span", { class: "n" }, at), h("span", {}, text)));
  put(log);
  log.hidden = false;
  go.disabled = true;
  return new Promise((began, refused) => {
    const leave = new AbortController();
    const story = postLines("/v1/drills/run", wish, leave.signal, (news) => {
      stop.hidden = false;
      began("the drill runs; its log is below the form.");
      if (news.schema === "twinspan.drill/1") {
        line("end", `${news.verdict}${news.reason === null ? "" : `: ${news.reason}`}; outage out ${millis(news.flow.outageOutMicroseconds)}, in ${millis(news.flow.outageInMicroseconds)}, ${news.flow.lost} of ${news.flow.sent} probes lost`);
        log.append(h("li", {}, h("span", { class: "n" }, ""), reportLink(news.id, "Read the report")));
      } else {
        line(`${news.atMicroseconds < 0 ? "−" : "+"}${(Math.abs(news.atMicroseconds) / 1e6).toFixed(3)} s`, news.text);
      }
      log.scrollTop = log.scrollHeight;
    });
    story
      .catch((error) => {
        line("", error instanceof ApiError ? `${error.message}: ${error.hint}` : String(error));
        refused(error);
      })
      .finally(() => {
        go.disabled = false;
        stop.hidden = true;
        load().catch(() => {});
      });
  });
}

function reports(drills) {
  if (drills.length === 0) {
    return h("p", { class: "soft" }, "No drill has run yet.");
  }
  const rows = drills.slice(0, 10).map((drill) =>
    h(
      "tr",
      {},
      h("th", { scope: "row", class: "nowrap" }, clock(new Date(drill.started))),
      h("td", {}, `${drill.scenario} on tunnel ${drill.tunnel}`),
      h("td", {}, badge(VERDICTS[drill.verdict], drill.verdict)),
      h("td", { class: "n" }, millis(drill.outageOutMicroseconds)),
      h("td", { class: "n" }, millis(drill.outageInMicroseconds)),
      h("td", { class: "n" }, millis(drill.limitMicroseconds)),
      h("td", {}, reportLink(drill.id, "report", `report of drill ${drill.id}`)),
    ),
  );
  return table("Reports of drills, newest first", ["started", "scenario", "verdict", { text: "outage out", n: true }, { text: "in", n: true }, { text: "limit", n: true }, "report"], rows);
}

function reportLink(id, words, label = null) {
  return h("a", { href: `/v1/drills/report?form=html&id=${encodeURIComponent(id)}`, target: "_blank", rel: "noopener", "aria-label": label, "data-report": id }, words);
}
