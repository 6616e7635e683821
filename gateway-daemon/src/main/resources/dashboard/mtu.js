// From the uplink to the segment size, sum by sum; measured only when somebody asks.
import { post } from "./api.js";
import { card, h, put } from "./dom.js";
import { ask } from "./dialogs.js";
import { connectionNamed, may } from "./store.js";

const PARTS = [
  ["outerIp", "outer IP header"],
  ["udp", "UDP header"],
  ["espHeader", "ESP header"],
  ["iv", "IV"],
  ["icv", "ICV"],
];

export function mtuCard(name) {
  const body = h("div", { class: "side" });
  const measured = h("div", { role: "status" });
  const button = h("button", { type: "button", id: "measure", click: () => measure(name, measured) }, "Measure");
  let shown = "";
  return {
    element: card("MTU", may("operator") ? button : null, body, measured),
    update() {
      const connection = connectionNamed(name);
      const wanted = JSON.stringify(connection?.tunnels.map((tunnel) => [tunnel.sizes, tunnel.mtu, tunnel.suites]));
      if (connection !== null && wanted !== shown) {
        shown = wanted;
        put(body, connection.tunnels.map(arithmetic));
      }
    },
  };
}

function arithmetic(tunnel) {
  const { sizes } = tunnel;
  const taken = PARTS.filter(([name]) => sizes.overhead[name] > 0);
  const room = sizes.uplink.inUse - taken.reduce((sum, [name]) => sum + sizes.overhead[name], 0);
  const line = (words, value, total = false) => [h("dt", { class: total ? "total" : null }, words), h("dd", { class: total ? "total" : null }, String(value))];
  return h(
    "div",
    {},
    h("h3", {}, `Tunnel ${tunnel.number}${tunnel.suites.esp === null ? ", as offered" : ""}`),
    h(
      "dl",
      { class: "sum" },
      line(sizes.uplink.inUse === sizes.uplink.configured ? "uplink" : `uplink (${sizes.uplink.configured} configured)`, sizes.uplink.inUse),
      taken.map(([name, words]) => line(words, `− ${sizes.overhead[name]}`)),
      line("padding and trailer", `− ${room - tunnel.mtu}`),
      line("largest inner packet", tunnel.mtu, true),
      line("TCP segment, IPv4", tunnel.mss),
      line("TCP segment, IPv6", sizes.mssIpv6),
      line("device, both tunnels", sizes.deviceMtu),
    ),
  );
}

function measure(name, place) {
  ask(
    `Measure the paths of ${name}?`,
    ["Probes of growing size go through both tunnels for some seconds. Traffic is not disturbed."],
    "Measure",
    async () => {
      const { tunnels } = await post("/v1/mtu", { connection: name });
      put(place, h("h3", {}, "Measured"), tunnels.map(result));
      return tunnels.map((tunnel) => `tunnel ${tunnel.tunnel} ${tunnel.verdict}`).join(", ");
    },
  );
}

function result(tunnel) {
  const found = tunnel.measured === null ? tunnel.reason : `the path carries ${tunnel.measured.outer} octets, ${tunnel.measured.inner} inside`;
  return h("p", {}, `Tunnel ${tunnel.tunnel}: ${tunnel.verdict}, ${found}. ${tunnel.advice.join(" ")}`);
}
