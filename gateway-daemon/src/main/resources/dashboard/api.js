// Questions and orders to the daemon.

/** What the daemon said no to. */
export class ApiError extends Error {
  constructor(status, message, hint) {
    super(message);
    this.status = status;
    this.hint = hint ?? "";
  }
}

let csrf = "";

/** What shows the daemon that a change comes from its own page. */
export function useCsrf(value) {
  csrf = value ?? "";
}

async function send(method, path, { body, signal, accept = "application/json" } = {}) {
  const headers = { Accept: accept };
  if (method === "POST") {
    headers["Twinspan-Csrf"] = csrf;
  }
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  let response;
  try {
    response = await fetch(path, { method, headers, body, signal, cache: "no-store", credentials: "same-origin" });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new ApiError(0, "the daemon does not answer", "is it running, and is the network path to it up?");
  }
  if (!response.ok) {
    throw await refusal(response);
  }
  return response;
}

async function refusal(response) {
  const text = await response.text();
  try {
    const error = JSON.parse(text);
    return new ApiError(response.status, error.error, error.hint);
  } catch {
    return new ApiError(response.status, `the daemon answered ${response.status}`, "");
  }
}

function query(parameters) {
  const set = Object.entries(parameters).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return set.length === 0 ? "" : `?${new URLSearchParams(set)}`;
}

export async function get(path, parameters = {}) {
  return (await send("GET", path + query(parameters))).json();
}

export async function getText(path, parameters = {}) {
  return (await send("GET", path + query(parameters), { accept: "text/plain" })).text();
}

export async function post(path, parameters = {}, body = undefined) {
  return (await send("POST", path + query(parameters), { body: body === undefined ? undefined : JSON.stringify(body) })).json();
}

/** An order whose answer comes line by line; the order lives as long as the signal lets it. */
export async function postLines(path, parameters, signal, onLine) {
  await readLines(await send("POST", path + query(parameters), { signal, accept: "application/x-ndjson" }), onLine);
}

/** A question whose answer comes line by line. */
export async function getLines(path, parameters, onLine) {
  await readLines(await send("GET", path + query(parameters), { accept: "application/x-ndjson" }), onLine);
}

async function readLines(response, onLine) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    lines.filter((line) => line !== "").forEach((line) => onLine(JSON.parse(line)));
  }
}
