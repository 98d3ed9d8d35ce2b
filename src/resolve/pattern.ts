/**
 * An `AllowedPattern` as CloudFormation applies it, to the whole value.
 * @returns undefined for a pattern that only Java's regular expressions know: whether a value fits, AWS alone can say then
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-regexes.html
 */
export function patternOf(allowedPattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${allowedPattern})$`);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
