import { describe, expect, test } from 'vitest';
import { EVENT_NAMES_MAX, eventNamesFault, eventNamesSchema, parseEventNames } from './event-names';

const messagesOf = (names: unknown) =>
  eventNamesSchema.safeParse(names).error?.issues.map((issue) => issue.message) ?? [];

describe('event names of a routing', () => {
  test('are each taken once, in the order given; none means all events', () => {
    expect(eventNamesSchema.parse(['B', 'A', 'B'])).toEqual(['B', 'A']);
    expect(eventNamesSchema.parse(undefined)).toEqual([]);
  });

  test.each([
    ['a space', 'Page view'],
    ['an empty name', ''],
    ['a hyphen', 'page-view'],
    ['a letter outside ASCII', 'Página'],
    ['256 signs', 'a'.repeat(256)],
  ])('%s is refused, saying which name it is', (_, odd) => {
    expect(messagesOf(['Pageview', odd])).toEqual([
      'Name 2 of 2 is not the name of an event: letters, digits and _, at most 255.',
    ]);
  });

  test('are at most 100 different ones', () => {
    const names = Array.from({ length: EVENT_NAMES_MAX + 1 }, (_, index) => `Name${index}`);
    expect(messagesOf(names.slice(1).concat('Name1'))).toEqual([]);
    expect(messagesOf(names)).toEqual([expect.stringContaining('at most 100 names; these are 101')]);
  });

  test('choose among events, so events must be delivered', () => {
    expect(eventNamesFault(['A'], ['segment'])).toContain('Deliver events as well');
    expect(eventNamesFault(['A'], ['segment', 'events'])).toBeNull();
    expect(eventNamesFault([], ['segment'])).toBeNull();
  });

  test('may be typed with commas, semicolons, spaces or line by line', () => {
    expect(parseEventNames(' Pageview, SlotClicked;\n\tA_1  B,,\r\nC ')).toEqual([
      'Pageview',
      'SlotClicked',
      'A_1',
      'B',
      'C',
    ]);
    expect(parseEventNames(' \n')).toEqual([]);
  });
});
