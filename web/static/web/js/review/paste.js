// Rows of a spreadsheet as cells of line items; a first row of headings says which column is which.
const HEADINGS = {
  description: ["description", "item", "items", "particulars", "product", "goods", "service", "name of product", "description of goods", "description of services"],
  hsn_sac: ["hsn", "sac", "hsn sac", "hsn code", "sac code", "hsn sac code"],
  quantity: ["qty", "quantity", "nos", "no of units"],
  unit: ["unit", "uom", "uqc", "per", "units"],
  unit_price: ["rate", "price", "unit price", "unit rate", "rate per unit", "price per unit"],
  discount: ["discount", "disc"],
  gst_rate: ["gst", "gst rate", "tax rate", "tax", "igst", "igst rate", "gst percent", "rate of tax"],
  taxable_value: ["amount", "taxable value", "taxable amount", "taxable", "value", "net amount", "total"],
};
const TOTAL = /^(sub|grand|net)?[\s-]*total\b/i;

export function cellsOf(text, columns, from) {
  const table = tableOf(text).filter((row) => row.some((cell) => cell));
  const headings = (table[0] ?? []).map(columnOf);
  const known = headings.filter(Boolean);
  const isHeaded = known.length >= 2 && new Set(known).size === known.length && !table[0].some((cell) => /^[\d.,₹\s]+$/.test(cell) && cell);
  const names = isHeaded ? headings : columns.slice(columns.indexOf(from));
  const body = (isHeaded ? table.slice(1) : table).filter((row) => !TOTAL.test(row.find((cell) => cell) ?? ""));
  return body.map((row) => Object.fromEntries(names.flatMap((name, at) => (name && row[at] !== undefined ? [[name, row[at]]] : []))));
}

function columnOf(heading) {
  const words = heading.toLowerCase().replace(/%/g, " ").replace(/\(.*?\)/g, " ").replace(/[^a-z]+/g, " ").trim();
  return Object.keys(HEADINGS).find((name) => HEADINGS[name].includes(words));
}

// Tab-separated values as spreadsheets copy them: a cell in quotes may hold tabs, line ends and doubled quotes.
function tableOf(text) {
  const table = [[]];
  const cell = /("(?:[^"]|"")*"|[^\t\n]*)(\t|\r?\n|$)/y;
  while (cell.lastIndex < text.length) {
    const [, content, end] = cell.exec(text);
    const plain = /^".*"$/s.test(content) ? content.slice(1, -1).replaceAll('""', '"') : content;
    table.at(-1).push(plain.replace(/\s+/g, " ").trim());
    if (end.endsWith("\n")) table.push([]);
  }
  return table;
}
