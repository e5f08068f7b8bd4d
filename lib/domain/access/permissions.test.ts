import { describe, expect, test } from 'vitest';
import { roleSchema } from './actor';
import { mayDo, PERMISSIONS, type Permission } from './permissions';
import { canSeeOrganization, organizationScope } from './scope';

// Columns: admin, technical services, ops, customer admin, customer viewer.
const TABLE: Record<Permission, string> = {
  'routing.see': '●●●●●',
  'routing.create': '●●   ',
  'routing.edit-draft': '●●   ',
  'routing.start': '●● ● ',
  'routing.pause': '●●●● ',
  'routing.resume': '●●●● ',
  'routing.disable': '●  ● ',
  'routing.archive': '●  ● ',
  'routing.retention': '●  ● ',
  'routing.reconcile': '●●●● ',
  'routing.replay': '● ●● ',
  'routing.release': '● ●● ',
  'destination.change': '●● ● ',
  'access.enter': '●● ● ',
  'access.check': '●●●● ',
  'hand-over.manage': '●● ● ',
  'event-lines.read': '   ●●',
  'share-link.manage': '   ● ',
  'contact.see': '●●●● ',
  'contact.manage': '●● ● ',
  'organization.create': '●●   ',
  'workspace.create': '●●   ',
  'api-key.manage': '●● ● ',
  'people.see': '●● ● ',
  'api-token.manage': '●●●● ',
  'audit.read': '●●●● ',
  'system.see': '● ●  ',
};

describe('what a role may do', () => {
  test.each(PERMISSIONS.map((verb) => [verb, TABLE[verb]]))('%s: %s', (verb, row) => {
    const actual = roleSchema.options.map((role) => (mayDo(role, verb as Permission) ? '●' : ' ')).join('');
    expect(actual).toBe(row);
  });

  test('covers every verb of the table', () => {
    expect([...PERMISSIONS].sort()).toEqual(Object.keys(TABLE).sort());
  });
});

test('a customer sees their own organization, the vendor all', () => {
  expect(canSeeOrganization({ organizationId: 'a' }, 'a')).toBe(true);
  expect(canSeeOrganization({ organizationId: 'a' }, 'b')).toBe(false);
  expect(canSeeOrganization({ organizationId: null }, 'b')).toBe(true);
  expect([organizationScope({ organizationId: 'a' }), organizationScope({ organizationId: null })]).toEqual([
    { organizationId: 'a' },
    {},
  ]);
});
