/** What stands under a heading, up to the next heading of the same level or a higher one. Empty when there is none. */
export function section(text: string, heading: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.replace(/^#+ /, '') === heading && line.startsWith('#'));
  if (start < 0) return '';
  const level = /^#+/.exec(lines[start] ?? '')![0].length;
  const end = lines.findIndex((line, index) => index > start && /^#+ /.test(line) && /^#+/.exec(line)![0].length <= level);
  return lines.slice(start, end < 0 ? undefined : end).join('\n');
}

/** The rows of the first table whose head begins with a cell, as cells without the bars. */
export function cellsOf(text: string, firstHead: string): string[][] {
  const lines = text.split('\n');
  const head = lines.findIndex((line) => line.startsWith(`| ${firstHead} |`));
  const rows = head < 0 ? [] : lines.slice(head + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end < 0 ? undefined : end).map((line) => line.slice(2, -2).split(' | '));
}
