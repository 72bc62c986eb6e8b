// Files travel in groups: few enough for a quick answer, many enough to keep requests cheap.

const MAX_FILES = 20;
const MAX_BYTES = 8 * 2 ** 20;

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
    const full = !open || open.length === MAX_FILES || bytesOf(open) + row.file.size > MAX_BYTES;
    if (full) groups.push((open = []));
    open.push(row);
  }
  return groups;
}

export function bytesOf(rows) {
  return rows.reduce((sum, row) => sum + row.file.size, 0);
}
