import { describe, expect, it } from 'vitest';
import { navigationFor } from './navigation';

const labels = (role: Parameters<typeof navigationFor>[0]['role'], organizationId: string | null = null) =>
  navigationFor({ role, organizationId }).map((item) => item.label);

describe('navigationFor', () => {
  it('shows organizations to those who keep their keys', () => {
    expect(labels('admin')).toEqual(['Routings', 'Organizations', 'Account']);
    expect(labels('technical_services')).toEqual(['Routings', 'Organizations', 'Account']);
  });

  it('leads a customer admin to the own organization only', () => {
    const items = navigationFor({ role: 'customer_admin', organizationId: 'o1' });
    expect(items.map((item) => item.href)).toEqual(['/routings', '/organizations/o1', '/account']);
  });

  it('keeps ops and viewers to the routings', () => {
    expect(labels('ops')).toEqual(['Routings', 'Account']);
    expect(labels('customer_viewer', 'o1')).toEqual(['Routings', 'Account']);
  });
});
