/**
 * What an environment has only where something holds. Elsewhere it is nothing, whatever its type says: there nobody may read it, and the
 * core passes on no input that a template has no use for.
 */
export const only = <Value extends object>(holds: boolean, value: () => Value): Value => (holds ? value() : ({} as Value));
