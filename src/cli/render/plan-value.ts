/** The most characters of a value in a line; more stands in the plan's file. */
const longest = 64;
/** Characters of what two long values share that are shown before the place where they differ. */
const context = 12;

/** `30 → 60`. What is the same at the start of two long values is left out. */
export function valueChange(before: unknown, after: unknown): string {
  const [old, young] = [valueText(before), valueText(after)];
  if (old.length <= longest && young.length <= longest) return `${old} → ${young}`;
  let same = 0;
  while (same < old.length && old[same] === young[same]) same += 1;
  const from = Math.max(same - context, 0);
  return `${excerpt(old, from)} → ${excerpt(young, from)}`;
}

function valueText(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'known only then';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function excerpt(text: string, from: number): string {
  const cut = text.slice(from, from + longest);
  return `${from > 0 ? '…' : ''}${cut}${from + longest < text.length ? '…' : ''}`;
}
