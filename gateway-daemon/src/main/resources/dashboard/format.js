// Numbers and times as people read them.

const RATES = ["b/s", "kb/s", "Mb/s", "Gb/s"];

/** Octets a second as bits a second, three figures. */
export function rate(octets) {
  if (octets === null || octets === undefined) {
    return "–";
  }
  let value = octets * 8;
  let unit = 0;
  while (value >= 999.5 && unit < RATES.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${figures(unit === 0 ? Math.round(value) : value)} ${RATES[unit]}`;
}

function figures(value) {
  if (Number.isInteger(value)) {
    return String(value);
  }
  return value >= 99.95 ? value.toFixed(0) : value >= 9.995 ? value.toFixed(1) : value.toFixed(2);
}

/** Microseconds as milliseconds. */
export function millis(micros) {
  if (micros === null || micros === undefined) {
    return "–";
  }
  const value = micros / 1000;
  return `${value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)} ms`;
}

export function percent(value) {
  return value === null || value === undefined ? "–" : `${value.toFixed(1)} %`;
}

export function count(value) {
  return value === null || value === undefined ? "–" : value.toLocaleString("en-GB").replaceAll(",", "\u202f");
}

/** Seconds in two units at most, as `status` prints them. */
export function duration(seconds) {
  if (seconds < 0) {
    return `−${duration(-seconds)}`;
  }
  const whole = Math.floor(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
  }
  return whole < 86400
    ? `${Math.floor(whole / 3600)} h ${pad(Math.floor((whole % 3600) / 60))} min`
    : `${Math.floor(whole / 86400)} d ${pad(Math.floor((whole % 86400) / 3600))} h`;
}

/** A countdown to the second: 41:07, 5:12:09. */
export function countdown(seconds) {
  if (seconds <= 0) {
    return "now";
  }
  const whole = Math.floor(seconds);
  const hours = Math.floor(whole / 3600);
  const rest = `${pad(Math.floor((whole % 3600) / 60))}:${pad(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** Time of day, local; with the date where it is another day. */
export function clock(date, withMillis = false) {
  const time = `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
  const exact = withMillis ? `${time}.${String(date.getMilliseconds()).padStart(3, "0")}` : time;
  const today = new Date().toDateString() === date.toDateString();
  return today ? exact : `${date.toLocaleDateString("en-GB", { day: "numeric", month: "short" })} ${exact}`;
}

export function pad(number) {
  return String(number).padStart(2, "0");
}
