// A state is told by a word, a shape and a colour; each alone is enough.
import { h, s } from "./dom.js";

const TONES = { up: "good", standby: "good", connecting: "warn", degraded: "warn", down: "bad", disabled: "idle" };

const SHAPES = {
  up: () => s("circle", { cx: 6, cy: 6, r: 6 }),
  standby: () => s("circle", { cx: 6, cy: 6, r: 4.6, fill: "none", stroke: "currentColor", "stroke-width": 2.6 }),
  connecting: () => s("path", { d: "M6 0a6 6 0 0 1 0 12Z M6 1.2a4.8 4.8 0 0 0 0 9.6", fill: "currentColor", stroke: "currentColor", "stroke-width": 1.2 }),
  degraded: () => s("path", { d: "M6 0 12 11.4H0Z" }),
  down: () => s("path", { d: "M1.4 1.4 10.6 10.6M10.6 1.4 1.4 10.6", stroke: "currentColor", "stroke-width": 3, "stroke-linecap": "round" }),
  disabled: () => s("rect", { x: 1, y: 1, width: 10, height: 10, rx: 1.5 }),
};

export function tone(state) {
  return TONES[state] ?? "idle";
}

/** The shape alone, to stand beside the word. */
export function mark(state, attributes = {}) {
  const shape = (SHAPES[state] ?? SHAPES.disabled)();
  return s("svg", { class: "mark", viewBox: "0 0 12 12", fill: "currentColor", "aria-hidden": "true", ...attributes }, shape);
}

export function badge(state, words = state) {
  return h("span", { class: `badge tone-${tone(state)}` }, mark(state), words);
}

/** Round trip of the last ten seconds; before the first sample, the last one that is known. */
export function roundTrip(tunnel, sample) {
  return sample.medianMicroseconds === undefined ? tunnel.path.medianMicroseconds : sample.medianMicroseconds;
}

/** What a connection is, in words that say what it means. */
export function connectionWords(connection) {
  if (connection.state === "down") {
    return "down, refuses traffic";
  }
  if (connection.redundant) {
    return connection.state === "up" ? "up, redundant" : "degraded";
  }
  return `${connection.state}, no redundancy`;
}
