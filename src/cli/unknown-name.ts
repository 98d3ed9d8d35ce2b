import { distance } from 'fastest-levenshtein';
import { MeridianError } from '../errors';

/** Names that differ in more than this share of their letters are not what somebody meant to type. */
const farthest = 0.6;

/**
 * The error for a name that isn't there, with the nearest one that is.
 * @param noun what it should name, for example `System`
 */
export function unknownName(noun: string, name: string, known: readonly string[]): MeridianError {
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? '' : `Did you mean "${nearest}"? `;
  return new MeridianError(`${noun} "${name}": no such ${noun.toLowerCase()}. ${hint}Choose one of ${known.join(', ')}.`, 2);
}

/** The known name that is nearest to what was typed, when it is near at all. The dashes of options don't count. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const bare = (text: string): string => text.replace(/^--?/, '');
  const share = (candidate: string): number => distance(bare(name), bare(candidate)) / Math.max(bare(name).length, bare(candidate).length, 1);
  const [best] = known.map((candidate) => ({ candidate, share: share(candidate) })).sort((a, b) => a.share - b.share);
  return best !== undefined && best.share <= farthest ? best.candidate : undefined;
}
