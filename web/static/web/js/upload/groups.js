// Files travel in groups: many enough to keep requests cheap, but few in the first ones, for a quick answer.

const FIRST_GROUPS = 3; // as many as travel at once
const FIRST_FILES = 5;
const MAX_FILES = 40;
const MAX_BYTES = 8 * 2 ** 20; // the server keeps as much in memory

export function isArchive(file) {
  return file.name.toLowerCase().endsWith(".zip");
}

export function groupsOf(rows) {
  const groups = [];
  let open = null; // the group that still has room
  for (const row of rows) {
    if (isArchive(row.file)) {
      groups.push([row]); // its answer holds a result for each file in it
      continue;
    }
    const most = groups.length > FIRST_GROUPS ? MAX_FILES : FIRST_FILES;
    const full = !open || open.length === most || bytesOf(open) + row.file.size > MAX_BYTES;
    if (full) groups.push((open = []));
    open.push(row);
  }
  return groups;
}

export function bytesOf(rows) {
  return rows.reduce((sum, row) => sum + row.file.size, 0);
}
