// The page of one connection.
import { actionRow } from "./actions.js";
import { chartCard } from "./charts.js";
import { configurationCard } from "./configuration.js";
import { drillCard } from "./drills.js";
import { announce } from "./dialogs.js";
import { h, put } from "./dom.js";
import { duration } from "./format.js";
import { mtuCard } from "./mtu.js";
import { pairPicture } from "./pair.js";
import { badge, connectionWords } from "./states.js";
import { connectionNamed, daemonNow, on } from "./store.js";
import { dropCard, saCard } from "./tables.js";
import { timelineCard } from "./timeline.js";

/** Fills the page; returns what ends it. */
export function showConnection(main, name) {
  const connection = connectionNamed(name);
  if (connection === null) {
    put(main, h("section", { class: "card" }, h("h1", {}, "No such connection"), h("p", {}, `The daemon runs no connection '${name}'. `, h("a", { href: "#/" }, "All connections"))));
    return () => {};
  }
  const headline = h("p", { class: "headline" });
  const pair = pairPicture(name);
  const actions = actionRow(name);
  const charts = chartCard(name, connection.tunnels.map((tunnel) => tunnel.number));
  const timeline = timelineCard(name, (date) => charts.zoomTo(date));
  const sas = saCard(name);
  const drops = dropCard(name);
  const mtu = mtuCard(name);
  const drills = drillCard(name);
  put(
    main,
    h("div", { class: "headline" }, h("h1", {}, name), headline),
    h("section", { class: "card", "aria-label": "Tunnels" }, pair.element, h("div", { class: "below" }, actions.element)),
    h("div", { class: "columns wide-left" }, charts.element, timeline.element),
    sas.element,
    h("div", { class: "columns equal" }, mtu.element, drops.element),
    drills.element,
    configurationCard(),
  );
  const update = () => {
    updateHeadline(headline, name);
    [pair, actions, drops, mtu].forEach((part) => part.update());
  };
  update();
  timeline.update();
  charts.start().catch(() => {});
  sas.load().catch(() => {});
  drills.load().catch(() => {});
  const watch = changes(name);
  const ends = [
    on("state", () => {
      update();
      watch();
    }),
    on("sample", (samples) => {
      samples.filter((sample) => sample.name === name).forEach((sample) => charts.take(sample));
      pair.update();
    }),
    on("journal", (entry) => {
      timeline.update();
      sas.heard(entry);
      drills.heard(entry);
    }),
    on("live", (live) => live && charts.load(charts.data.range).catch(() => {})),
  ];
  const clock = setInterval(() => sas.tick(), 1000);
  return () => {
    clearInterval(clock);
    ends.forEach((end) => end());
    charts.stop();
  };
}

function updateHeadline(place, name) {
  const connection = connectionNamed(name);
  if (connection === null) {
    return;
  }
  const age = (date) => duration((daemonNow() - Date.parse(date)) / 1000);
  const move = connection.switches.find((it) => it.from !== 0 && ["lost", "silent"].includes(it.cause));
  const carrying = connection.carrying.length === 0 ? "no tunnel carries traffic" : `active: tunnel ${connection.carrying.join(" and ")}`;
  put(
    place,
    badge(connection.state, connectionWords(connection)),
    h("span", {}, carrying),
    h("span", { class: "soft" }, `for ${age(connection.since)}`),
    h("span", { class: "soft" }, move === undefined ? "no failover yet" : `last failover ${age(move.time)} ago`),
    connection.drillPassed === null ? null : h("span", { class: "soft" }, `drill passed ${age(connection.drillPassed)} ago`),
  );
}

/** Tells a screen reader what changed since the last time. */
export function changes(name) {
  let before = null;
  return () => {
    const connection = connectionNamed(name);
    if (connection === null) {
      return;
    }
    const now = new Map([["", connectionWords(connection)], ...connection.tunnels.map((tunnel) => [`tunnel ${tunnel.number}`, `${tunnel.state}${tunnel.active ? ", active" : ""}`])]);
    if (before !== null) {
      const told = [...now].filter(([part, words]) => before.get(part) !== words).map(([part, words]) => `${name} ${part} ${words}`);
      if (told.length > 0) {
        announce(told.join(". "));
      }
    }
    before = now;
  };
}
