/** The first and last address of a range such as `10.0.0.0/16`, as numbers. */
export function bounds(range: string): readonly [first: number, last: number] {
  const [address = '', prefix = ''] = range.split('/');
  const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return [first, first + 2 ** (32 - Number(prefix)) - 1];
}
