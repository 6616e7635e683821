// Both tunnels as a picture: gateway on one side, AWS on the other, what each tunnel does in between.
import { h, put, s } from "./dom.js";
import { millis, percent, rate } from "./format.js";
import { mark, roundTrip, tone } from "./states.js";
import { connectionNamed, sampleOf } from "./store.js";

/** Narrower than this, the picture stands upright. */
const UPRIGHT_BELOW = 700;
const PLATE_HEIGHT = 88;

/** The picture of a connection; drawn in real pixels, so that its text is never scaled. */
export function pairPicture(name) {
  const svg = s("svg", { class: "pair", role: "img", id: "pair" });
  const box = h("div", { class: "picture" }, svg);
  const update = () => {
    const connection = connectionNamed(name);
    if (connection !== null && box.clientWidth > 0) {
      draw(svg, connection, box.clientWidth);
    }
  };
  new ResizeObserver(update).observe(box);
  return { element: box, update };
}

function draw(svg, connection, width) {
  const upright = width < UPRIGHT_BELOW;
  const scene = upright ? uprightScene(width, connection.tunnels.length) : lyingScene(width, connection.tunnels.length);
  svg.setAttribute("viewBox", `0 0 ${width} ${scene.height}`);
  svg.setAttribute("height", scene.height);
  svg.setAttribute("aria-label", inWords(connection));
  put(
    svg,
    connection.tunnels.map((tunnel, index) => tunnelShape(connection, tunnel, scene.tunnel(index))),
    endShape(scene.left, "Gateway", connection.networks.local),
    endShape(scene.right, "AWS", connection.networks.remote),
  );
}

/** Gateway left, AWS right. */
function lyingScene(width, tunnels) {
  const height = Math.max(1, tunnels) * (PLATE_HEIGHT + 22) + 10;
  const end = Math.min(150, width * 0.17);
  const plate = Math.min(430, width - 2 * end - 150);
  return {
    height,
    left: { x: 1, y: 1, width: end, height: height - 2 },
    right: { x: width - end - 1, y: 1, width: end, height: height - 2 },
    tunnel(index) {
      const middle = 16 + index * (PLATE_HEIGHT + 22) + PLATE_HEIGHT / 2;
      return {
        roomy: true,
        pipe: `M${end} ${middle} H${width - end}`,
        plate: { x: (width - plate) / 2, y: middle - PLATE_HEIGHT / 2, width: plate, height: PLATE_HEIGHT },
      };
    },
  };
}

/** Gateway above, AWS below, for phones. */
function uprightScene(width, tunnels) {
  const end = 52;
  const gap = 22;
  const height = 2 * end + tunnels * (PLATE_HEIGHT + gap) + gap;
  return {
    height,
    left: { x: 1, y: 1, width: width - 2, height: end },
    right: { x: 1, y: height - end - 1, width: width - 2, height: end },
    tunnel(index) {
      const x = width * (index === 0 ? 0.04 : 0.96);
      const top = end + gap + index * (PLATE_HEIGHT + gap);
      return {
        roomy: false,
        pipe: `M${x} ${end} V${height - end}`,
        plate: { x: index === 0 ? 1 : 1 + 0.08 * width, y: top, width: width * 0.92 - 2, height: PLATE_HEIGHT },
      };
    },
  };
}

function endShape(at, title, networks) {
  const x = at.x + at.width / 2;
  const tall = at.height > 80;
  const y = at.y + at.height / 2 - (tall ? Math.min(networks.length, 3) * 8 : 4);
  const shown = networks.length > 3 ? [...networks.slice(0, 2), `and ${networks.length - 2} more`] : networks;
  const lines = tall ? shown : [shown.join("  ")];
  return s(
    "g",
    {},
    s("rect", { class: "end", x: at.x, y: at.y, width: at.width, height: at.height, rx: 10 }),
    s("text", { class: "strong", x, y, "text-anchor": "middle" }, title),
    lines.map((line, index) => s("text", { class: "soft", x, y: y + 19 + index * 17, "text-anchor": "middle" }, line)),
  );
}

function tunnelShape(connection, tunnel, at) {
  const sample = sampleOf(connection.name, tunnel.number);
  const carries = tunnel.active;
  const { x, y, width } = at.plate;
  const left = x + 16;
  const right = x + width - 16;
  const icon = mark(tunnel.state, { x: left, y: y + 15, width: 13, height: 13, class: `tone-${tone(tunnel.state)}` });
  return s(
    "g",
    { class: `tone-${tone(tunnel.state)}`, "data-tunnel": tunnel.number, "data-state": tunnel.state },
    s("path", { class: `pipe ${carries ? "carries" : ""}`, d: at.pipe }),
    carries && tunnel.state !== "down" ? s("path", { class: "flow", d: at.pipe }) : null,
    s("rect", { class: `plate ${carries ? "carries" : ""}`, ...at.plate, rx: 10 }),
    icon,
    s("text", { class: "strong", x: left + 21, y: y + 27 }, `Tunnel ${tunnel.number}`),
    s("text", { class: "state", x: left + 92, y: y + 27 }, tunnel.state),
    s("text", { class: carries ? "strong" : "soft", x: right, y: y + 27, "text-anchor": "end" }, carries ? "ACTIVE" : "not carrying"),
    s("text", { x: left, y: y + 51 }, `RTT ${millis(roundTrip(tunnel, sample))}`),
    s("text", { x: right, y: y + 51, "text-anchor": "end" }, `loss ${percent(sample.lossPercent)}`),
    s("text", { x: left, y: y + 74 }, `in ${rate(sample.bytesInPerSecond)}`),
    s("text", at.roomy ? { x: x + width / 2, y: y + 74, "text-anchor": "middle" } : { x: right, y: y + 74, "text-anchor": "end" }, `out ${rate(sample.bytesOutPerSecond)}`),
    at.roomy ? s("text", { class: "soft", x: right, y: y + 74, "text-anchor": "end" }, tunnel.outside.remote) : null,
  );
}

function inWords(connection) {
  const tunnels = connection.tunnels.map((tunnel) => {
    const sample = sampleOf(connection.name, tunnel.number);
    return `tunnel ${tunnel.number} ${tunnel.state}${tunnel.active ? ", active" : ""}, round trip ${millis(roundTrip(tunnel, sample))}, loss ${percent(sample.lossPercent)}, in ${rate(sample.bytesInPerSecond)}, out ${rate(sample.bytesOutPerSecond)}`;
  });
  return `Gateway and AWS joined by ${tunnels.join("; ")}.`;
}
