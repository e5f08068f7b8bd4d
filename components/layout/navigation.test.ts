import { describe, expect, it } from 'vitest';
import { landingFor, navigationFor } from './navigation';

const labels = (role: Parameters<typeof navigationFor>[0]['role'], organizationId: string | null = null) =>
  navigationFor({ role, organizationId })
    .map((item) => item.label)
    .join(' · ');

describe('navigationFor', () => {
  it('gives every role its rail, top to bottom', () => {
    expect(labels('ops')).toBe('Routings · System · Audit · Account');
    expect(labels('technical_services')).toBe('Routings · Organizations · Account');
    expect(labels('admin')).toBe('Routings · Organizations · Audit · System · Account');
    expect(labels('customer_admin', 'o1')).toBe('Routings · Organization · Audit · Account');
    expect(labels('customer_viewer', 'o1')).toBe('Routings · Account');
  });

  it('leads a customer admin to the own organization only', () => {
    const items = navigationFor({ role: 'customer_admin', organizationId: 'o1' });
    expect(items.map((item) => item.href)).toEqual(['/routings', '/organizations/o1', '/audit', '/account']);
  });
});

it('each role lands where its work is', () => {
  expect(landingFor('ops')).toBe('/routings?view=needs-me');
  expect(landingFor('technical_services')).toBe('/routings?view=onboarding');
  expect(landingFor('customer_viewer')).toBe('/routings?view=all');
});
