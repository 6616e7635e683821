// Security associations with their countdowns, and what was dropped.
import { get } from "./api.js";
import { card, h, put, setText, table } from "./dom.js";
import { count, countdown, duration } from "./format.js";
import { connectionNamed, daemonNow, store } from "./store.js";

const ASK_AGAIN_MILLIS = 30_000;

/** SAs of a connection; asked for when keys change, counted down each second. */
export function saCard(name) {
  const body = h("div", {}, h("p", { class: "soft" }, "No SAs yet."));
  const element = card("Security associations", null, body);
  let ticking = [];
  let askedAt = -Infinity;
  async function load() {
    askedAt = performance.now();
    const { tunnels } = await get("/v1/sas", { connection: name });
    ticking = [];
    const rows = tunnels.flatMap((tunnel) => [...tunnel.esp.map((sa) => row(tunnel.tunnel, "ESP", sa)), ...tunnel.ike.map((sa) => row(tunnel.tunnel, "IKE", sa))]);
    const heads = [
      { text: "tunnel" },
      { text: "kind" },
      { text: "SPI" },
      { text: "algorithms" },
      { text: "age", n: true },
      { text: "rekey in", n: true },
      { text: "expires in", n: true },
    ];
    put(body, rows.length === 0 ? h("p", { class: "soft" }, "No SAs: no tunnel is up.") : table(`Security associations of ${name}`, heads, rows));
    tick();
  }
  function row(tunnel, kind, sa) {
    const age = h("td", { class: "n" });
    const rekey = h("td", { class: "n" });
    const expire = h("td", { class: "n" });
    ticking.push({ age, rekey, expire, sa });
    const spis = kind === "ESP" ? [`in ${sa.inboundSpi}`, `out ${sa.outboundSpi}`] : [sa.localSpi, sa.remoteSpi];
    const words = kind === "ESP" ? (sa.sending ? "ESP, sends" : "ESP, receives") : `IKE, ${sa.role}`;
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, String(tunnel)),
      h("td", { class: "nowrap" }, words),
      h("td", { class: "mono nowrap" }, spis[0], h("br"), spis[1]),
      h("td", { class: "nowrap" }, sa.suite, sa.encapsulation === "udp" ? " in UDP" : null),
      age,
      rekey,
      expire,
    );
  }
  function tick() {
    const now = daemonNow();
    for (const { age, rekey, expire, sa } of ticking) {
      setText(age, duration((now - Date.parse(sa.established)) / 1000));
      setText(rekey, countdown((Date.parse(sa.rekey.time) - now) / 1000));
      setText(expire, countdown((Date.parse(sa.expire.time) - now) / 1000));
    }
  }
  return {
    element,
    load,
    tick() {
      tick();
      if (performance.now() - askedAt > ASK_AGAIN_MILLIS) {
        load().catch(() => {});
      }
    },
    heard(entry) {
      if (entry === null || (entry.connection === name && /^(ike|child|tunnel)\./.test(entry.event))) {
        load().catch(() => {});
      }
    },
  };
}

/** Drops by reason, of each tunnel and of what belonged to none. */
export function dropCard(name) {
  const body = h("div", {});
  let shown = "";
  return {
    element: card("Drops by reason", null, body),
    update() {
      const connection = connectionNamed(name);
      if (connection === null) {
        return;
      }
      const wanted = JSON.stringify([connection.tunnels.map((tunnel) => tunnel.drops), store.status.drops]);
      if (wanted === shown) {
        return;
      }
      shown = wanted;
      const reasons = [...new Set(connection.tunnels.flatMap((tunnel) => Object.keys(tunnel.drops)))].sort();
      const rows = reasons.map((reason) => h("tr", {}, h("th", { scope: "row" }, words(reason)), connection.tunnels.map((tunnel) => h("td", { class: "n" }, count(tunnel.drops[reason] ?? 0)))));
      const strays = Object.entries(store.status.drops).map(([reason, value]) => h("tr", {}, h("th", { scope: "row" }, words(reason)), h("td", { class: "n" }, count(value))));
      put(
        body,
        rows.length === 0 ? h("p", { class: "soft" }, "No packet of these tunnels was dropped.") : table("Dropped packets by reason", ["reason", ...connection.tunnels.map((tunnel) => ({ text: `tunnel ${tunnel.number}`, n: true }))], rows),
        strays.length === 0 ? null : [h("h3", { class: "soft apart" }, "Belonged to no tunnel, whole gateway"), table("Dropped before they had a tunnel", ["reason", { text: "packets", n: true }], strays)],
      );
    },
  };
}

function words(reason) {
  return reason.toLowerCase().replaceAll("_", " ");
}
