import { describe, expect, test } from 'vitest';
import type { Role } from '@/lib/domain/access/actor';
import { routingLabelSchema } from './label';
import { type ListView, listRoutingsSchema, listViewSchema } from './list';
import { isInView, LABELS_BY_SEVERITY, type SharedState, severityOf } from './list-views';

const state = (lifecycle: SharedState['lifecycle'], rest: Partial<SharedState> = {}): SharedState => ({
  lifecycle,
  health: 'unknown',
  healthCause: null,
  isStuck: false,
  isMeasured: true,
  ...rest,
});
const blocked = state('active', { health: 'blocked', healthCause: 'access_denied' });
const late = state('active', { health: 'late' });
const healthy = state('active', { health: 'healthy' });

const viewsOf = (given: SharedState, role: Role): ListView[] =>
  listViewSchema.options.filter((view) => view !== 'key-age' && isInView(view, given, role));

describe('the views of a role', () => {
  test.each([
    ['blocked', blocked, ['needs-me', 'blocked', 'all'], ['needs-me', 'blocked', 'all']],
    ['late', late, ['needs-me', 'late', 'all'], ['late', 'all']],
    ['delivering', healthy, ['all'], ['all']],
    ['idle', state('active', { health: 'idle' }), ['all'], ['all']],
    ['without measurements', state('active'), ['needs-me', 'all'], ['all']],
    ['a draft', state('draft'), ['onboarding', 'all'], ['onboarding', 'all']],
    ['verified', state('verified'), ['needs-me', 'onboarding', 'all'], ['onboarding', 'all']],
    ['awaiting access', state('awaiting_customer'), ['onboarding', 'all'], ['needs-me', 'onboarding', 'all']],
    [
      'starting, and refused',
      state('starting', { health: 'blocked', healthCause: 'bucket_missing' }),
      ['needs-me', 'blocked', 'onboarding', 'all'],
      ['needs-me', 'blocked', 'onboarding', 'all'],
    ],
    ['pausing', state('pausing'), ['all'], ['all']],
    ['stuck in pausing', state('pausing', { isStuck: true }), ['needs-me', 'all'], ['all']],
    ['paused', state('paused', { health: 'late' }), ['all'], ['all']],
    ['finishing', state('draining'), ['all'], ['all']],
    ['disabled', state('disabled', { health: 'blocked' }), ['all'], ['all']],
    ['archived', state('archived'), [], []],
  ] as const)('%s', (_, given, ops, customer) => {
    expect(viewsOf(given, 'ops')).toEqual(ops);
    expect(viewsOf(given, 'customer_admin')).toEqual(customer);
  });

  test('a draft waits for those who may go on with it', () => {
    expect(viewsOf(state('draft'), 'technical_services')).toContain('needs-me');
    expect(viewsOf(state('draft'), 'admin')).toContain('needs-me');
  });

  test('what blocks through our own fault is not the customer’s to mend', () => {
    const ours = state('active', { health: 'blocked', healthCause: 'credential_unreadable' });
    expect(viewsOf(ours, 'customer_viewer')).toEqual(['blocked', 'all']);
  });
});

describe('severity', () => {
  test('knows every label once', () => {
    expect([...LABELS_BY_SEVERITY].sort()).toEqual([...routingLabelSchema.options].sort());
  });

  test('puts blocked first, and what is stuck between late and what is fine', () => {
    const stuck = state('pausing', { isStuck: true });
    const order = [healthy, stuck, late, state('draft'), blocked].sort(
      (a, b) => severityOf(a) - severityOf(b),
    );
    expect(order).toEqual([blocked, late, stuck, state('draft'), healthy]);
  });
});

describe('what the list is asked for', () => {
  test('is all of it, newest first, when nothing is said', () => {
    expect(listRoutingsSchema.parse({})).toMatchObject({
      view: 'all',
      sort: { key: 'created', isReversed: false },
      page: 1,
    });
  });

  test('may turn an order round, and comes as text from an address', () => {
    expect(listRoutingsSchema.parse({ sort: '-held', page: '3' })).toMatchObject({
      sort: { key: 'held', isReversed: true },
      page: 3,
    });
  });

  test.each([{ sort: 'name; DROP' }, { sort: '--name' }, { view: 'x' }, { page: '0' }, { status: 'green' }])(
    '%o is refused',
    (input) => {
      expect(listRoutingsSchema.safeParse(input).success).toBe(false);
    },
  );
});
