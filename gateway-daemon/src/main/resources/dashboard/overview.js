// All connections at a glance.
import { changes } from "./connection.js";
import { h, put } from "./dom.js";
import { duration, millis, percent, rate } from "./format.js";
import { badge, connectionWords, mark, roundTrip, tone } from "./states.js";
import { daemonNow, on, sampleOf, store } from "./store.js";

export function showOverview(main) {
  const summary = h("p", { class: "soft" });
  const list = h("div", { class: "cards" });
  put(main, h("div", { class: "headline" }, h("h1", {}, "Connections"), summary), list);
  const cards = new Map();
  const watches = new Map();
  const update = () => {
    const { connections } = store.status;
    const of = (state) => connections.filter((connection) => connection.state === state).length;
    summary.textContent = `${connections.length} in all: ${["up", "degraded", "down"].map((state) => `${of(state)} ${state}`).join(", ")}. Daemon ${store.status.version}, running for ${duration((daemonNow() - Date.parse(store.status.started)) / 1000)}.`;
    for (const connection of connections) {
      if (!cards.has(connection.name)) {
        const card = h("a", { class: "card", href: `#/c/${encodeURIComponent(connection.name)}`, "data-connection": connection.name });
        cards.set(connection.name, card);
        watches.set(connection.name, changes(connection.name));
        list.append(card);
      }
      put(cards.get(connection.name), summaryOf(connection));
      watches.get(connection.name)();
    }
    for (const [name, card] of cards) {
      if (!connections.some((connection) => connection.name === name)) {
        card.remove();
        cards.delete(name);
      }
    }
  };
  update();
  const ends = [on("state", update), on("sample", update)];
  return () => ends.forEach((end) => end());
}

function summaryOf(connection) {
  return [
    h("header", {}, h("h2", {}, connection.name), badge(connection.state, connectionWords(connection))),
    h(
      "table",
      {},
      h("caption", { class: "unseen" }, `Tunnels of ${connection.name}`),
      h("thead", {}, h("tr", {}, ["tunnel", "RTT", "loss", "in", "out"].map((head, index) => h("th", { scope: "col", class: index > 0 ? "n" : null }, head)))),
      h("tbody", {}, connection.tunnels.map((tunnel) => row(connection, tunnel))),
    ),
  ];
}

function row(connection, tunnel) {
  const sample = sampleOf(connection.name, tunnel.number);
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, h("span", { class: `tone-${tone(tunnel.state)} nowrap` }, mark(tunnel.state), ` ${tunnel.number} ${tunnel.state}`), tunnel.active ? [" ", h("span", { class: "tag" }, "active")] : null),
    h("td", { class: "n", "data-head": "RTT" }, millis(roundTrip(tunnel, sample))),
    h("td", { class: "n", "data-head": "loss" }, percent(sample.lossPercent)),
    h("td", { class: "n", "data-head": "in" }, rate(sample.bytesInPerSecond)),
    h("td", { class: "n", "data-head": "out" }, rate(sample.bytesOutPerSecond)),
  );
}
