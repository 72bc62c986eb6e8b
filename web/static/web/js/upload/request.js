// One request to our server, tried again while a later try may succeed.
import { csrfToken } from "../csrf.js";

const WAITS = [1, 2, 4, 8, 16]; // seconds before each further try

export class Refusal extends Error {} // the server has understood and says no: trying again is idle

export async function post(url, body, onProgress = () => {}) {
  for (const wait of [...WAITS, null]) {
    try {
      return await send(url, body, onProgress);
    } catch (error) {
      if (error instanceof Refusal || wait === null) throw error;
      onProgress(0);
      await new Promise((resolve) => setTimeout(resolve, wait * 1000));
    }
  }
}

// XMLHttpRequest, because fetch does not tell how much of a body has been sent.
function send(url, body, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onerror = () => reject(new Error("The server cannot be reached."));
    request.onload = () => {
      if (request.status < 300 && isOurs(request)) resolve(request.responseText && JSON.parse(request.responseText));
      else if (request.status >= 500 || isSoonOver(request)) reject(new Error("The server is not well."));
      else reject(new Refusal(reasonFor(request.status)));
    };
    request.send(body);
  });
}

// Too many requests pass while we wait; too many files in an hour do not.
function isSoonOver(request) {
  return request.status === 429 && Number(request.getResponseHeader("Retry-After")) <= 60;
}

// A session that has ended redirects to the login page, which is not an answer.
function isOurs(request) {
  return request.status === 204 || request.getResponseHeader("Content-Type")?.startsWith("application/json");
}

function reasonFor(status) {
  if (status === 429) return "More files than one person may send in an hour: go on later.";
  if (status === 413) return "Too large for the server.";
  if (status === 403) return "You may not upload here, or the page is too old: reload it.";
  return "You are no longer logged in: reload the page.";
}
