// One upload: open a batch, send the files group by group, close the batch. The same bytes sent twice to
// one batch count once, so a group may be repeated without thought.
import { bytesOf, groupsOf, isArchive } from "./groups.js";
import { post } from "./request.js";

const AT_ONCE = 3;
const MIB = 2 ** 20;

let underWay = 0;
window.addEventListener("beforeunload", (event) => {
  if (underWay) event.preventDefault();
});

export async function upload({ files, name }, tray) {
  tray.begin(name);
  const rows = files.map((file) => tray.add(file));
  await warningLeavers(async () => {
    let batch;
    try {
      const fields = { name: name.slice(0, 200), expected_files: files.length, ...choices() };
      batch = await post(tray.openUrl, form(fields));
    } catch (error) {
      tray.fail(rows, error.message);
      return;
    }
    showBatch(batch.page);
    await sendAll(rows.filter((row) => !refuseHere(row, tray)), batch, tray);
  });
}

// A tick in the dialog or on the page holds for whatever is sent next, also for files dropped beside it.
function choices() {
  return document.querySelector("[data-keep-in-house]:checked") ? { keep_in_house: "on" } : {};
}

async function warningLeavers(work) {
  underWay += 1;
  try {
    await work();
  } finally {
    underWay -= 1;
  }
}

async function sendAll(rows, batch, tray) {
  const queue = groupsOf(rows);
  const failed = [];
  tray.expect(bytesOf(rows));
  await Promise.all(Array.from({ length: AT_ONCE }, () => sendNext(queue, failed, batch, tray)));
  if (failed.length) {
    tray.offerAgain(() => warningLeavers(() => sendAll(failed, batch, tray)));
    return;
  }
  await post(batch.close, form({})).catch(() => {}); // a batch that nobody closes is closed a little later
  if (underWay === 1) tray.end(); // else another upload of this page still runs
  refresh();
}

async function sendNext(queue, failed, batch, tray) {
  for (let group = queue.shift(); group; group = queue.shift()) {
    const body = new FormData();
    for (const row of group) body.append("files", row.file);
    tray.sending(group);
    try {
      const { results } = await post(batch.files, body, (sent) => tray.sent(group, sent));
      tray.answer(group, results);
      refresh();
    } catch (error) {
      tray.fail(group, error.message);
      failed.push(...group);
    }
  }
}

// A film in a folder of invoices is not worth the journey; the server would say the same.
function refuseHere(row, tray) {
  const most = isArchive(row.file) ? tray.maxArchiveMb : tray.maxMb;
  const tooLarge = row.file.size > most * MIB;
  if (tooLarge) tray.refuse(row, `The file is larger than ${most} MB.`);
  return tooLarge;
}

function form(fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return body;
}

// The batch's page comes into this document, since leaving the document would end the upload.
function showBatch(url) {
  htmx.ajax("GET", url, { source: "#go-to-batch", target: "#main", select: "#main", swap: "outerHTML show:window:top" });
}

function refresh() {
  const live = document.getElementById("live");
  if (live) htmx.trigger(live, "refresh");
}
