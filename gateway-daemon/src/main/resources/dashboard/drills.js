// Rehearsed failures: run one, watch it, read its report.
import { ApiError, get, getLines, post, postLines } from "./api.js";
import { ask } from "./dialogs.js";
import { card, h, put, table } from "./dom.js";
import { clock, millis } from "./format.js";
import { badge } from "./states.js";
import { may } from "./store.js";

const VERDICTS = { passed: "up", missed: "down", aborted: "degraded" };

/** What a scenario with a value is tried with first. */
const VALUES = { "one-way-blackhole": "out", loss: "30%", latency: "200ms", "mtu-shrink": "1280" };

/** It ends the gateway's own process, and the next one goes on with it. */
const RESTART = "daemon-restart";

/** A gateway that is not back by then needs somebody to look after it. */
const PATIENCE_MS = 90_000;

export function drillCard(name) {
  const list = h("div", {});
  const runner = h("div", {});
  const element = card("Drills", null, runner, list);
  const parts = controls(load);
  async function load() {
    const overview = await get("/v1/drills");
    if (runner.childElementCount === 0) {
      put(runner, may("operator") ? form(name, overview.scenarios, parts) : h("p", { class: "soft small" }, "Running a drill needs the role operator; yours is viewer."), parts.log);
    }
    // Another page's drill, or the one for which the gateway has restarted under this page.
    if (overview.runningId !== null && overview.running.includes(` on ${name}/`) && !parts.busy) {
      watch(overview.runningId, parts);
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

/** What a drill that is under way needs of the page. */
function controls(load) {
  return {
    load,
    busy: false,
    log: h("ol", { class: "log", hidden: true, "aria-live": "polite", "aria-label": "The drill as it goes", tabindex: "0" }),
    stop: h("button", { type: "button", id: "drill-stop", hidden: true, click: () => post("/v1/drills/stop").catch(() => {}) }, "Stop the drill"),
    go: h("button", { class: "main", id: "drill-run" }, "Run"),
  };
}

function form(name, scenarios, parts) {
  const purpose = h("p", { class: "soft small purpose", id: "drill-purpose" });
  const value = h("input", { class: "short", id: "drill-value", autocomplete: "off" });
  const valueLabel = h("label", { for: "drill-value" }, "value", value);
  const scenario = h(
    "select",
    { id: "drill-scenario", "aria-describedby": "drill-purpose", change: () => describe() },
    scenarios.map((it) => h("option", { value: it.name, disabled: it.refused !== null }, it.refused === null ? it.name : `${it.name} (not here)`)),
  );
  const seconds = h("input", { class: "short", id: "drill-for", value: "20s", autocomplete: "off" });
  const limit = h("input", { class: "short", id: "drill-limit", autocomplete: "off" });
  const secondsLabel = h("label", { for: "drill-for" }, "for", seconds);
  const refused = scenarios.filter((it) => it.refused !== null).map((it) => h("p", { class: "soft small" }, `${it.name}: ${it.refused}.`));
  function describe() {
    const chosen = scenarios.find((it) => it.name === scenario.value);
    purpose.textContent = chosen.purpose;
    limit.value = `${chosen.limitMicroseconds / 1e6}s`;
    secondsLabel.hidden = chosen.name === RESTART;
    valueLabel.hidden = VALUES[chosen.name] === undefined;
    value.value = VALUES[chosen.name] ?? "";
  }
  describe();
  const run = () => {
    const wish = { scenario: value.value === "" ? scenario.value : `${scenario.value}:${value.value}`, connection: name, for: seconds.value, limit: limit.value };
    ask(
      `Run the drill ${wish.scenario} on ${name}?`,
      meaning(wish),
      "Run the drill",
      () => start(wish, parts),
    );
  };
  return h(
    "div",
    {},
    h("form", { class: "fields", submit: (event) => { event.preventDefault(); run(); } }, h("label", { for: "drill-scenario" }, "scenario", scenario), valueLabel, secondsLabel, h("label", { for: "drill-limit" }, "limit", limit), parts.go, parts.stop),
    purpose,
    refused,
  );
}

function meaning(wish) {
  return wish.scenario === RESTART
    ? [
        "The gateway hands over to its next process, as in an upgrade: for some seconds nothing is forwarded, on any tunnel. What waits meanwhile is sent late.",
        "It cannot be stopped half way. This page comes back by itself, or asks you to log in again; the drill goes on meanwhile.",
      ]
    : [
        `The tunnel that carries the traffic now fails for ${wish.for}, made in this gateway alone. The drill ends early where the outage reaches ${wish.limit}.`,
        "It ends at once when you leave this page.",
      ];
}

/** Resolves once the drill runs; the rest of its story goes to the log. */
function start(wish, parts) {
  const story = begin(parts);
  return new Promise((began, refused) => {
    const leave = new AbortController();
    let known = 0;
    postLines("/v1/drills/run", wish, leave.signal, (news) => {
      known++;
      parts.stop.hidden = false;
      began("the drill runs; its log is below the form.");
      story.tell(news);
    })
      .catch((error) => {
        // A process that ends may break its answer off.
        if (wish.scenario !== RESTART || known === 0) {
          throw error;
        }
      })
      .then(() => (wish.scenario === RESTART && !story.ended() ? comeBack(story) : null))
      .catch((error) => {
        story.say("", error instanceof ApiError ? `${error.message}: ${error.hint}` : String(error));
        refused(error);
      })
      .finally(() => end(parts));
  });
}

/** Follows a drill that runs already. */
function watch(id, parts) {
  const story = begin(parts);
  parts.stop.hidden = !may("operator");
  getLines("/v1/drills/follow", { id }, (news) => story.tell(news))
    .then(() => end(parts))
    .catch(() => rest(parts));
}

/** Finds the next process of the gateway, and the rest of the drill in it. */
async function comeBack(story) {
  story.say("", "the gateway restarts; waiting for its next process");
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until; ) {
    await new Promise((later) => setTimeout(later, 500));
    try {
      const id = (await get("/v1/drills")).runningId;
      if (id === null) {
        story.say("end", "the drill is over; its report is in the list");
        return;
      }
      await getLines("/v1/drills/follow", { id }, (news) => story.tell(news));
      if (story.ended()) {
        return;
      }
    } catch (error) {
      // Another process knows no sessions of the one before: the page asks for a login, and finds the drill then.
      if (error.status === 401) {
        return;
      }
    }
  }
  story.say("", "the gateway is not back after 90 s; its journal says why");
}

/** The log of one drill. */
function begin(parts) {
  let ended = false;
  const { log } = parts;
  const say = (at, text) => {
    log.append(h("li", {}, h("span", { class: "n" }, at), h("span", {}, text)));
    log.scrollTop = log.scrollHeight;
  };
  put(log);
  log.hidden = false;
  parts.busy = true;
  parts.go.disabled = true;
  return {
    say,
    ended: () => ended,
    tell(news) {
      if (news.schema === "twinspan.drill/1") {
        ended = true;
        say("end", `${news.verdict}${news.reason === null ? "" : `: ${news.reason}`}; outage out ${millis(news.flow.outageOutMicroseconds)}, in ${millis(news.flow.outageInMicroseconds)}, ${news.flow.lost} of ${news.flow.sent} probes lost`);
        log.append(h("li", {}, h("span", { class: "n" }, ""), reportLink(news.id, "Read the report")));
        log.scrollTop = log.scrollHeight;
      } else {
        say(`${news.atMicroseconds < 0 ? "−" : "+"}${(Math.abs(news.atMicroseconds) / 1e6).toFixed(3)} s`, news.text);
      }
    },
  };
}

function end(parts) {
  rest(parts);
  parts.load().catch(() => {});
}

function rest(parts) {
  parts.busy = false;
  parts.go.disabled = false;
  parts.stop.hidden = true;
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
