// What the page knows, and who wants to hear when that changes.

const listeners = new Map();

export const store = {
  /** `twinspan.session/1`: name and role. */
  session: null,
  /** `twinspan.status/1`, the newest. */
  status: null,
  /** When it came, on the page's clock. */
  statusAt: 0,
  /** Journal entries, oldest first. */
  events: [],
  /** The newest sample of each connection, by name. */
  samples: new Map(),
};

/** Calls the listener on each `state`, `sample`, `journal` or `live`; returns what ends it. */
export function on(type, listener) {
  if (!listeners.has(type)) {
    listeners.set(type, new Set());
  }
  listeners.get(type).add(listener);
  return () => listeners.get(type).delete(listener);
}

export function tell(type, value) {
  listeners.get(type)?.forEach((listener) => listener(value));
}

/** True where the reader's role covers another. */
export function may(role) {
  const roles = ["viewer", "operator", "admin"];
  return store.session !== null && roles.indexOf(store.session.role) >= roles.indexOf(role);
}

export function connectionNamed(name) {
  return store.status?.connections.find((connection) => connection.name === name) ?? null;
}

/** The newest numbers of a tunnel; an empty object before there are any. */
export function sampleOf(connection, tunnel) {
  return store.samples.get(connection)?.tunnels.find((it) => it.number === tunnel) ?? {};
}

/** The daemon's clock now: countdowns must not depend on a browser's clock that is wrong. */
export function daemonNow() {
  return store.status === null ? Date.now() : Date.parse(store.status.time) + (performance.now() - store.statusAt);
}
