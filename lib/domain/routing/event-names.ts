import { z } from 'zod';
import { EVENT_NAME_MAX } from '@/lib/domain/event/limits';

export const EVENT_NAMES_MAX = 100;

const NAME = new RegExp(`^[A-Za-z0-9_]{1,${EVENT_NAME_MAX}}$`);

/** Which events a routing delivers, by name, each once; none given: all of them. */
export const eventNamesSchema = z
  .array(z.string({ error: 'Enter the names of events.' }), { error: 'Enter the names of events.' })
  .default([])
  .transform((names) => [...new Set(names)])
  .superRefine((names, ctx) => {
    const message = namesFault(names);
    if (message !== null) ctx.addIssue({ code: 'custom', message });
  });

function namesFault(names: readonly string[]): string | null {
  const odd = names.findIndex((name) => !NAME.test(name));
  if (odd >= 0) {
    return `Name ${odd + 1} of ${names.length} is not the name of an event: letters, digits and _, at most ${EVENT_NAME_MAX}.`;
  }
  if (names.length <= EVENT_NAMES_MAX) return null;
  return `Choose at most ${EVENT_NAMES_MAX} names; these are ${names.length}. Leave them empty to deliver every event.`;
}

/** What names and data types say about each other: only events have names. */
export function eventNamesFault(eventNames: unknown, dataTypes: unknown): string | null {
  if (!Array.isArray(eventNames) || eventNames.length === 0) return null;
  if (!Array.isArray(dataTypes) || dataTypes.length === 0 || dataTypes.includes('events')) return null;
  return 'Names choose among events. Deliver events as well, or leave the names empty.';
}

/** Names as a person types them: separated by commas, semicolons or any white space. Judges nothing. */
export function parseEventNames(text: string): string[] {
  return text.split(/[\s,;]+/).filter((name) => name !== '');
}
