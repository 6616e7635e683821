// What happened, newest first. A click shows that moment in the charts.
import { card, h, setText } from "./dom.js";
import { clock } from "./format.js";
import { mark } from "./states.js";
import { store } from "./store.js";

const SHOWN = 60;

const KINDS = {
  failover: { words: "Failovers", matches: (type) => type === "connection.failover" || type === "connection.switched" || type === "flight.saved" },
  tunnel: { words: "Tunnels", matches: (type) => /^(tunnel|connection)\.(up|down|standby|connecting|degraded|disabled|backing-off|device-lost|bug)$/.test(type) || type === "peer.moved" },
  keys: { words: "Keys", matches: (type) => type.startsWith("ike.") || type.startsWith("child.") },
  probes: { words: "Probes and DPD", matches: (type) => /^tunnel\.(suspected|path|probes|target|icmp|return)/.test(type) },
  drill: { words: "Drills", matches: (type) => type.startsWith("drill.") },
  config: { words: "Configuration", matches: (type) => type.startsWith("config.") || type.startsWith("gateway.") || type.startsWith("audit.") || type.startsWith("connection.mtu") },
  other: { words: "Other", matches: () => true },
};

/** What each field of a failover's anatomy is called, in the order in which it happened. */
const ANATOMY = [
  ["last_good", "last sign of life"],
  ["first_suspicion", "suspected"],
  ["verdict", "given up"],
  ["switched", "switched"],
  ["first_packet", "first packet on the new tunnel"],
  ["detection_ms", "found after"],
  ["switch_us", "switch took"],
  ["outage_ms", "outage"],
];

/** What repeats while a peer is away, and suspicions that came to nothing. */
const CHATTER = new Set(["tunnel.connecting", "tunnel.backing-off", "tunnel.suspected"]);

export function kindOf(type) {
  return Object.keys(KINDS).find((kind) => KINDS[kind].matches(type));
}

/** The card; `zoomTo` gets the moment that was chosen. */
export function timelineCard(name, zoomTo) {
  const list = h("ol", { class: "events" });
  const nothing = h("p", { class: "soft" }, "Nothing has happened yet.");
  let wanted = "main";
  let chosen = 0;
  const select = h(
    "select",
    { "aria-label": "Kind of events", change: () => { wanted = select.value; update(); } },
    h("option", { value: "main" }, "Main events"),
    h("option", { value: "all" }, "All events"),
    Object.entries(KINDS).map(([kind, { words }]) => h("option", { value: kind }, words)),
  );
  const element = card("Timeline", select, nothing, h("div", { class: "scroll timeline", tabindex: "0", role: "group", "aria-label": "Events" }, list));
  const choose = (entry) => {
    chosen = entry.sequence;
    update();
    zoomTo(new Date(entry.time));
  };
  const items = new Map();
  function update() {
    const shown = newest(store.events
      .filter((entry) => entry.connection === name || entry.connection === "")
      .filter((entry) => wanted === "all" || (wanted === "main" ? !CHATTER.has(entry.event) : kindOf(entry.event) === wanted)));
    nothing.hidden = shown.length > 0;
    const keep = new Set(shown.map(({ entry }) => entry.sequence));
    [...items.keys()].filter((sequence) => !keep.has(sequence)).forEach((sequence) => items.delete(sequence));
    const nodes = shown.map(({ entry, times }) => {
      if (!items.has(entry.sequence)) {
        items.set(entry.sequence, item(entry, choose));
      }
      const node = items.get(entry.sequence);
      node.querySelector("button").setAttribute("aria-pressed", String(entry.sequence === chosen));
      setText(node.querySelector(".times"), times === 1 ? "" : `${times} times`);
      return node;
    });
    // What stays is not touched: focus and reading position survive a new event.
    if (nodes.length !== list.children.length || nodes.some((node, index) => list.children[index] !== node)) {
      const focused = document.activeElement;
      list.replaceChildren(...nodes);
      if (list.contains(focused)) {
        focused.focus({ preventScroll: true });
      }
    }
  }
  return { element, update };
}

/** Newest first; what says the same again and again is one line. */
function newest(entries) {
  const shown = [];
  const last = new Map();
  for (let index = entries.length - 1; index >= 0 && shown.length < SHOWN; index -= 1) {
    const entry = entries[index];
    const before = last.get(entry.tunnel);
    if (before !== undefined && before.entry.event === entry.event && before.entry.message === entry.message) {
      before.times += 1;
    } else {
      const line = { entry, times: 1 };
      last.set(entry.tunnel, line);
      shown.push(line);
    }
  }
  return shown;
}

function item(entry, choose) {
  const tunnel = entry.tunnel === 0 ? "" : `tunnel ${entry.tunnel}: `;
  const button = h(
    "button",
    { type: "button", class: "event", "aria-pressed": "false", "data-event": entry.event, click: () => choose(entry) },
    severity(entry),
    h("span", { class: "what" }, `${tunnel}${entry.message} `, h("span", { class: "kind" }, entry.event, " ", h("span", { class: "times" }))),
    h("time", { datetime: entry.time }, clock(new Date(entry.time))),
  );
  return h("li", {}, button, entry.event === "connection.failover" ? anatomy(entry) : extras(entry));
}

function severity(entry) {
  const [state, words] = { error: ["down", "error: "], warn: ["degraded", "warning: "] }[entry.severity] ?? (/\.(up|established|answers)$/.test(entry.event) ? ["up", ""] : ["standby", ""]);
  const color = { error: "tone-bad", warn: "tone-warn" }[entry.severity] ?? (state === "up" ? "tone-good" : "tone-idle");
  return h("span", { class: color }, mark(state), words === "" ? null : h("span", { class: "unseen" }, words));
}

function anatomy(entry) {
  const known = ANATOMY.filter(([field]) => entry.fields[field] !== undefined && entry.fields[field] !== "unknown");
  return h("dl", { class: "anatomy" }, known.map(([field, words]) => [h("dt", {}, words), h("dd", {}, fieldText(field, entry.fields[field]))]));
}

function fieldText(field, value) {
  if (field.endsWith("_ms")) {
    return `${value} ms`;
  }
  return field.endsWith("_us") ? `${value} µs` : clock(new Date(value), true);
}

function extras(entry) {
  const names = { "flight.saved": ["folder", "packets"], "connection.switched": ["cause", "reason"], "drill.finished": ["verdict"] }[entry.event] ?? [];
  const known = names.filter((name) => entry.fields[name] !== undefined);
  return known.length === 0 ? null : h("dl", { class: "anatomy" }, known.map((name) => [h("dt", {}, name), h("dd", {}, entry.fields[name])]));
}
