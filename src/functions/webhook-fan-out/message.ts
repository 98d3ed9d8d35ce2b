/**
 * The topic of a message: what stands before the first dot of its `type`.
 * @throws Error for a body that is no JSON object with a `type`
 */
export function topicOf(body: string): string {
  const parsed: unknown = JSON.parse(body);
  const type = typeof parsed === 'object' && parsed !== null && 'type' in parsed ? parsed.type : undefined;
  if (typeof type !== 'string' || type === '') throw new Error('Message: it has no type. Senders name one, such as card.blocked.');
  return type.split('.', 1)[0] ?? type;
}
