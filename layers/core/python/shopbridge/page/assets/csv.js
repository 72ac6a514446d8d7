// Hands a table out as a file, for spreadsheets: a cell that begins like a formula would be one.
const cell = (text) => `"${String(text).replace(/^[=+@\t\r-]/, "'$&").replaceAll('"', '""')}"`;

export function handOut(name, lines) {
  const csv = lines.map((line) => line.map(cell).join(",")).join("\r\n");
  const href = URL.createObjectURL(new Blob([csv], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { href, download: `${name}.csv` }).click();
}
