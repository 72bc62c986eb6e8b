// From what a person drops or chooses to a flat list of files, and a name for the batch.

const CLUTTER = new Set([".DS_Store", "Thumbs.db", "desktop.ini"]);

export function filesOfInput(input) {
  const files = [...input.files];
  const folder = files[0]?.webkitRelativePath.split("/")[0];
  return picked(files, folder);
}

export async function filesOfTransfer(transfer) {
  // Entries must be taken before the first await: the transfer is emptied when the event ends.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return picked([...transfer.files]);
  const files = (await Promise.all(entries.map(filesOfEntry))).flat();
  const folder = entries.length === 1 && entries[0].isDirectory ? entries[0].name : "";
  return picked(files, folder);
}

function picked(files, folder) {
  const wanted = files.filter((file) => !CLUTTER.has(file.name));
  const name = folder || (wanted.length === 1 ? wanted[0].name : `${wanted.length} files`);
  return { files: wanted, name };
}

async function filesOfEntry(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const found = [];
  for (const child of await children(entry.createReader())) found.push(...(await filesOfEntry(child)));
  return found;
}

async function children(reader) {
  const all = [];
  for (;;) {
    // A reader gives at most 100 entries at a time, and none when it is done.
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return all;
    all.push(...some);
  }
}
