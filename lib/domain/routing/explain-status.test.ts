import { describe, expect, test } from 'vitest';
import { timeFormat } from '@/lib/domain/format/time-format';
import { explainStatus, type StatusReader } from './explain-status';
import { routingLabel } from './label';
import { healthSchema, lifecycleSchema } from './state';
import type { RoutingView, TriesView } from './view';
import { whoseMove } from './whose-move';

const READER: StatusReader = {
  isCustomer: false,
  time: timeFormat('UTC'),
  now: new Date('2026-11-22T14:32:07Z'),
};

function viewOf(state: Partial<RoutingView>): RoutingView {
  const { lifecycle = 'active', health = 'healthy', isMeasured = true, healthCause = null } = state;
  const label = routingLabel({ lifecycle, health, isMeasured });
  return {
    id: 'r',
    version: 1,
    name: 'Main site',
    organization: { id: 'o', name: 'Aurora' },
    workspace: { id: 'w', name: 'Main site' },
    intent: 'run',
    lifecycle,
    health,
    healthCause,
    isMeasured,
    label,
    stateSince: '2026-11-22T13:58:00Z',
    stuckSince: null,
    whoseMove: whoseMove(label, healthCause),
    destination: {
      endpoint: '',
      bucket: 'b',
      region: 'eu-west-1',
      prefix: '',
      kmsKeyArn: null,
      version: 1,
      accessKeyIdLast4: 'AAAA',
      roleArn: null,
    },
    dataTypes: ['events'],
    eventNames: [],
    promiseSeconds: 300,
    flushIntervalMs: 60_000,
    hourMarkers: false,
    accessProbe: true,
    retentionHours: 168,
    drainUntil: null,
    freshnessMs: null,
    pendingRows: 0,
    pendingBytes: 0,
    keptUntil: null,
    drainMs: null,
    lastFile: null,
    retentionNotice: null,
    recentGaps: null,
    access: { provenAt: null, isProbed: true, isVersioned: false },
    createdAt: '2026-11-22T13:00:00Z',
    ...state,
  };
}

function answers(
  state: Partial<RoutingView>,
  tries: TriesView | null = null,
  reader = READER,
): Record<string, string> {
  const facts = explainStatus(viewOf(state), tries, reader);
  return Object.fromEntries(facts.map(({ question, fact }) => [question, fact]));
}

const STATES = lifecycleSchema.options.flatMap((lifecycle) =>
  healthSchema.options.flatMap((health) =>
    [true, false].map((isMeasured) => ({ lifecycle, health, isMeasured })),
  ),
);

test.each(STATES)('$lifecycle, $health, measured $isMeasured: every question has a sentence', (state) => {
  const facts = explainStatus(viewOf(state), null, READER);
  expect(facts).toHaveLength(8);
  for (const { question, fact } of facts) {
    expect(question).toMatch(/^[A-Z].*\?$/);
    expect(fact).toMatch(/^[A-Z“].*\.$/);
    expect(fact).not.toMatch(/undefined|null|NaN/);
  }
});

describe('why this status', () => {
  test('of a blocked routing names the refusal, the next try, what is held until when, and the mover', () => {
    const tries: TriesView = {
      lastTries: [],
      nextTryAt: '2026-11-22T14:33:00Z',
      heldRows: 5,
      heldBytes: 9,
      keptUntil: null,
    };
    const blocked = {
      health: 'blocked',
      healthCause: 'kms_access_denied',
      pendingRows: 1_200,
      keptUntil: '2026-11-29T13:58:00Z',
    } as const;
    const said = answers(blocked, tries);
    expect(said['How does delivery go?']).toContain('kms:GenerateDataKey');
    expect(said['What would change it?']).toContain('Next try at 14:33:00.');
    expect(said['What happens to the data?']).toBe(
      'Nothing is lost: 1,200 events wait, kept until 29 Nov 13:58 UTC at least.',
    );
    expect(said['Whose move is it?']).toBe('The customer’s.');
    expect(said['Since when?']).toBe('Since 22 Nov 13:58 UTC (34 min).');
    expect(answers(blocked, tries, { ...READER, isCustomer: true })['Whose move is it?']).toBe('Yours.');
  });

  test('of a late routing names its promise', () => {
    expect(answers({ health: 'late', promiseSeconds: 900 })['Which rule decided?']).toContain(
      '15 min for 2 min',
    );
  });

  test('that nobody measures says so, and what was seen last', () => {
    const said = answers({ isMeasured: false });
    expect(said['Which rule decided?']).toContain('Nobody has measured it for a minute');
    expect(said['How does delivery go?']).toMatch(/^Not known now\. What was seen last: Files/);
    expect(said['Since when?']).toMatch(/^The last status that was known/);
  });

  test('of something stuck says when it should have ended', () => {
    const stuck = { lifecycle: 'pausing', stuckSince: '2026-11-22T14:28:07Z' } as const;
    expect(answers(stuck)['Since when?']).toContain('it should have ended 22 Nov 14:28 UTC (4 min).');
  });

  test('of a paused routing does not tell how delivery went before', () => {
    const paused = { lifecycle: 'paused', health: 'blocked', healthCause: 'access_denied' } as const;
    expect(answers(paused)['How does delivery go?']).toBe('This does not count while it is not active.');
  });
});
