import Table from 'cli-table3';

const noBorders = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'].map((part) => [part, '']),
);

/** A column: its heading, and the side that its cells lean to. */
export interface Column {
  readonly head: string;
  readonly align?: 'left' | 'right';
}

/** Rows in columns that are two spaces apart, without lines or trailing spaces. Cells may hold colour codes. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const printed = new Table({
    head: columns.map(({ head }) => head),
    colAligns: columns.map(({ align = 'left' }) => align),
    chars: noBorders,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  printed.push(...rows.map((row) => [...row]));
  return printed
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
