import type { Alias } from './event-input';
import { ALIAS_ID_MAX, ALIAS_TAG_MAX, ALIASES_MAX } from './limits';

/** The aliases of a parsed JSON value by the rules of `aliasSchema`, or null where it breaks them. */
export function readAliases(value: unknown): Alias[] | null {
  if (!Array.isArray(value) || value.length > ALIASES_MAX) return null;
  const aliases: Alias[] = [];
  for (const item of value as unknown[]) {
    const alias = readAlias(item);
    if (alias === null) return null;
    aliases.push(alias);
  }
  return aliases;
}

function readAlias(value: unknown): Alias | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { tag, id, priority = null } = value as Record<string, unknown>;
  if (!isText(tag, ALIAS_TAG_MAX) || !isText(id, ALIAS_ID_MAX)) return null;
  if (priority !== null && !Number.isSafeInteger(priority)) return null;
  return { tag, id, priority: priority as number | null };
}

function isText(value: unknown, lengthMax: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= lengthMax;
}
