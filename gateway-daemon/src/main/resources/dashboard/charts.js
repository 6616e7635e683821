// Throughput, round trips and loss over time: three charts with one cursor, and the same as a table.
import uPlot from "./uplot.js";
import { ChartData, RANGES } from "./chart-data.js";
import { card, h, put, s, table } from "./dom.js";
import { clock, millis, pad, percent, rate } from "./format.js";
import { store } from "./store.js";

const SYNC = "twinspan";
const TABLE_ROWS = 60;
const HEIGHT = 138;
const INKS = ["--soft", "--grid", "--bad", "--accent", "--tunnel-1", "--tunnel-2"];
const LOAD_AGAIN_MILLIS = 300_000;

const CHARTS = [
  { id: "throughput", title: "Throughput", lines: [["bytesInPerSecond", "in", false], ["bytesOutPerSecond", "out", true]], show: rate, least: 1250 },
  { id: "rtt", title: "Round trip", lines: [["medianMicroseconds", "p50", false], ["p95Microseconds", "p95", true]], show: millis, least: 500 },
  { id: "loss", title: "Probe loss", lines: [["lossPercent", "", false]], show: percent, least: 5 },
];

/** The card with all charts of a connection. */
export function chartCard(name, tunnelNumbers) {
  return new ChartCard(name, tunnelNumbers);
}

class ChartCard {
  constructor(name, tunnelNumbers) {
    this.name = name;
    this.numbers = tunnelNumbers;
    this.data = new ChartData(name);
    this.window = null;
    this.marked = null;
    this.loadedAt = 0;
    this.plots = [];
    this.body = h("div", { class: "plots" });
    this.rows = h("div");
    this.twin = h("details", { class: "twin", toggle: () => this.fillTable() }, h("summary", {}, "The same as a table"), this.rows);
    this.ranges = h(
      "div",
      { class: "segmented", role: "group", "aria-label": "Range" },
      Object.entries(RANGES).map(([range, { words }]) => h("button", { type: "button", "data-range": range, "aria-pressed": "false", click: () => this.show(range) }, words)),
    );
    this.zoomed = h("button", { type: "button", hidden: true, id: "zoom-out", click: () => this.live() }, "Back to now");
    this.element = card("Charts", [this.zoomed, this.ranges], this.body, this.twin);
    this.resize = new ResizeObserver(() => this.fit());
    this.themes = window.matchMedia("(prefers-color-scheme: dark)");
    this.repaint = () => this.build();
    this.themes.addEventListener("change", this.repaint);
    document.addEventListener("themechange", this.repaint);
    this.resize.observe(this.body);
  }

  async start() {
    await this.show("5m");
  }

  stop() {
    this.resize.disconnect();
    this.themes.removeEventListener("change", this.repaint);
    document.removeEventListener("themechange", this.repaint);
    this.plots.forEach((plot) => plot.destroy());
  }

  async show(range) {
    this.window = null;
    await this.load(range);
    this.build();
  }

  async load(range) {
    this.loadedAt = performance.now();
    await this.data.load(range);
    this.ranges.querySelectorAll("button").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.range === range)));
  }

  /** Shows the time around a moment in all charts. */
  async zoomTo(date) {
    const at = date.getTime() / 1000;
    const oldest = this.data.times[0] ?? Infinity;
    if (at < oldest) {
      const age = Date.now() / 1000 - at;
      await this.load(age < 3600 ? "1h" : "24h");
      this.build();
    }
    const half = this.data.step === 1 ? 30 : 900;
    this.marked = at;
    this.setWindow([at - half, at + half]);
  }

  live() {
    this.marked = null;
    this.setWindow(null);
  }

  setWindow(range) {
    this.window = range;
    this.zoomed.hidden = range === null;
    this.draw();
  }

  async take(sample) {
    const whole = this.data.take(sample);
    const old = this.data.step > 1 && performance.now() - this.loadedAt > LOAD_AGAIN_MILLIS;
    if (!whole || old) {
      await this.load(this.data.range);
    }
    if (this.plots.length === 0) {
      this.build();
    } else {
      this.draw();
    }
    if (this.twin.open) {
      this.fillTable();
    }
  }

  build() {
    this.plots.forEach((plot) => plot.destroy());
    this.inks = Object.fromEntries(INKS.map((name) => [name, resolved(name)]));
    put(this.body);
    this.plots = CHARTS.map((chart) => this.plot(chart));
    this.draw();
  }

  plot(chart) {
    const keys = this.numbers.flatMap((number) => chart.lines.map(([series, words, dashed]) => new Key(number, series, words, dashed)));
    const holder = h("div", { class: "plot", role: "img", "aria-label": `${chart.title} of ${this.name}; the table below has the numbers` });
    this.body.append(h("div", { class: "chart", id: `chart-${chart.id}` }, h("h3", {}, chart.title, keys.map((key) => key.element)), holder));
    const axis = { stroke: this.inks["--soft"], grid: { stroke: this.inks["--grid"], width: 1 }, ticks: { show: false }, font: "12px system-ui, sans-serif" };
    const plot = new uPlot(
      {
        width: Math.max(200, this.body.clientWidth),
        height: HEIGHT,
        legend: { show: false },
        cursor: { sync: { key: SYNC }, drag: { x: true, y: false, setScale: false }, points: { size: 6 } },
        scales: { x: { time: true }, y: { range: (_, low, high) => [0, Math.max(chart.least, (high ?? 0) * 1.12)] } },
        axes: [
          { ...axis, size: 26, gap: 4, space: 70, values: (_, ticks, __, ___, increment) => ticks.map((tick) => tickLabel(tick, increment)) },
          { ...axis, size: 78, gap: 6, space: 28, values: (_, ticks) => ticks.map((tick) => (tick === 0 ? "0" : round(chart.show(tick)))) },
        ],
        series: [{}, ...keys.map((key) => ({ stroke: this.inks[`--tunnel-${key.number}`], width: 1.6, dash: key.dashed ? [5, 4] : undefined, points: { show: false }, spanGaps: false }))],
        hooks: {
          setCursor: [(it) => readOut(it, keys, chart)],
          setSelect: [(it) => this.select(it)],
          draw: [(it) => this.drawMoments(it)],
        },
      },
      this.columns(keys),
      holder,
    );
    plot.keys = keys;
    plot.chart = chart;
    return plot;
  }

  columns(keys) {
    return [this.data.times, ...keys.map((key) => this.data.column(key.number, key.series))];
  }

  draw() {
    const last = this.data.times.at(-1) ?? Date.now() / 1000;
    const seconds = RANGES[this.data.range].seconds;
    const [min, max] = this.window ?? [last - seconds, last];
    for (const plot of this.plots) {
      plot.batch(() => {
        plot.setData(this.columns(plot.keys), false);
        plot.setScale("x", { min, max });
      });
      readOut(plot, plot.keys, plot.chart);
    }
  }

  select(plot) {
    if (plot.select.width > 4) {
      const range = [plot.posToVal(plot.select.left, "x"), plot.posToVal(plot.select.left + plot.select.width, "x")];
      plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
      this.setWindow(range);
    }
  }

  /** A line where traffic failed over, and a bold one at the moment that was asked for. */
  drawMoments(plot) {
    const moments = store.events.filter((entry) => entry.event === "connection.failover" && entry.connection === this.name).map((entry) => Date.parse(entry.time) / 1000);
    const { ctx, bbox } = plot;
    ctx.save();
    for (const [at, stroke, width] of [...moments.map((it) => [it, "--bad", 1]), ...(this.marked === null ? [] : [[this.marked, "--accent", 2]])]) {
      const x = Math.round(plot.valToPos(at, "x", true));
      if (x >= bbox.left && x <= bbox.left + bbox.width) {
        ctx.beginPath();
        ctx.strokeStyle = this.inks[stroke];
        ctx.lineWidth = width * devicePixelRatio;
        ctx.setLineDash(width === 1 ? [3 * devicePixelRatio, 3 * devicePixelRatio] : []);
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
      }
    }
    ctx.restore();
  }

  fit() {
    const width = this.body.clientWidth;
    this.plots.forEach((plot) => {
      if (width > 0 && plot.width !== width) {
        plot.setSize({ width, height: HEIGHT });
      }
    });
  }

  fillTable() {
    if (!this.twin.open) {
      return;
    }
    const { times } = this.data;
    const lines = CHARTS.flatMap((chart) => chart.lines.map(([series, words]) => ({ chart, series, words })));
    const columns = this.numbers.flatMap((number) => lines.map((line) => ({ number, ...line })));
    const heads = [{ text: "time" }, ...columns.map((it) => ({ text: `${it.number}: ${it.chart.title.toLowerCase()} ${it.words}`, n: true }))];
    const every = Math.max(1, Math.ceil(times.length / TABLE_ROWS));
    const rows = [];
    for (let index = times.length - 1; index >= 0; index -= every) {
      rows.push(
        h(
          "tr",
          {},
          h("th", { scope: "row", class: "nowrap" }, clock(new Date(times[index] * 1000))),
          columns.map((it) => h("td", { class: "n" }, it.chart.show(this.data.column(it.number, it.series)[index]))),
        ),
      );
    }
    put(this.rows, table(`Charts of ${this.name} as numbers, newest first`, heads, rows));
  }
}

/** A line's name with its stroke, and its number under the cursor. */
class Key {
  constructor(number, series, words, dashed) {
    this.number = number;
    this.series = series;
    this.dashed = dashed;
    this.output = h("output", {});
    const stroke = s("line", { class: `stroke-${number} ${dashed ? "dashed" : ""}`, x1: 0, y1: 4, x2: 22, y2: 4 });
    this.element = h("span", { class: "key" }, s("svg", { "aria-hidden": "true" }, stroke), `${number} ${words}`.trim(), " ", this.output);
  }
}

/** Numbers under the cursor, or the newest ones. */
function readOut(plot, keys, chart) {
  const index = plot.cursor.idx ?? plot.data[0].length - 1;
  keys.forEach((key, place) => {
    const text = chart.show(plot.data[place + 1]?.[index]);
    if (key.output.textContent !== text) {
      key.output.textContent = text;
    }
  });
}

/** A colour of the theme as a canvas understands it. */
function resolved(name) {
  const probe = h("span", { hidden: true });
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Without the noughts of a round number: 1.60 Mb/s is 1.6 Mb/s. */
function round(words) {
  return words.replace(/\.0+ /, " ").replace(/(\.\d*[1-9])0+ /, "$1 ");
}

function tickLabel(tick, increment) {
  const date = new Date(tick * 1000);
  const time = `${pad(date.getHours())}:${pad(date.getMinutes())}`;
  return increment < 60 ? `${time}:${pad(date.getSeconds())}` : time;
}
