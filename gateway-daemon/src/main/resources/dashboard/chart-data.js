// The columns that charts are drawn from: history first, then a sample each second.
import { get } from "./api.js";

export const RANGES = { "5m": { seconds: 300, words: "5 min" }, "1h": { seconds: 3600, words: "1 h" }, "24h": { seconds: 86400, words: "24 h" } };

/** Names as the API has them. */
const SERIES = ["bytesInPerSecond", "bytesOutPerSecond", "medianMicroseconds", "p95Microseconds", "lossPercent"];

export class ChartData {
  constructor(connection) {
    this.connection = connection;
    this.range = "5m";
    this.step = 1;
    this.times = [];
    this.tunnels = new Map();
    this.loading = 0;
  }

  /** Loads a range anew; of two loads under way, the later wins. */
  async load(range) {
    this.loading += 1;
    const mine = this.loading;
    const history = await get("/v1/history", { connection: this.connection, range });
    if (mine !== this.loading) {
      return;
    }
    this.range = range;
    this.step = history.stepSeconds;
    const from = Date.parse(history.from) / 1000;
    this.times = Array.from({ length: history.count }, (_, index) => from + index * this.step);
    this.tunnels = new Map(history.tunnels.map((tunnel) => [tunnel.number, Object.fromEntries(SERIES.map((name) => [name, tunnel[name]]))]));
  }

  /**
   * Takes the newest sample.
   *
   * @returns false where samples were missed, so that the history has to be loaded again
   */
  take(sample) {
    const time = Date.parse(sample.time) / 1000;
    const last = this.times.at(-1) ?? -Infinity;
    if (time - last < this.step * 0.5) {
      return true;
    }
    if (this.step > 1 && time - last < this.step) {
      return true;
    }
    const whole = this.times.length === 0 || time - last < this.step * 2.5;
    this.times.push(time);
    for (const tunnel of sample.tunnels) {
      const columns = this.tunnels.get(tunnel.number);
      if (columns !== undefined) {
        SERIES.forEach((name) => columns[name].push(tunnel[name]));
      }
    }
    this.trim(time - RANGES[this.range].seconds);
    return whole;
  }

  trim(oldest) {
    let drop = 0;
    while (drop < this.times.length && this.times[drop] < oldest) {
      drop += 1;
    }
    if (drop > 0) {
      this.times.splice(0, drop);
      this.tunnels.forEach((columns) => SERIES.forEach((name) => columns[name].splice(0, drop)));
    }
  }

  column(tunnel, series) {
    return this.tunnels.get(tunnel)?.[series] ?? [];
  }
}
