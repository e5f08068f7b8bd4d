import { describe, expect, it } from 'vitest';
import { isNarrowed, type ListAddress, listHref, readListAddress } from './list-address';

const ID = '5e1b0a0c-2f8d-4c1e-8f3b-9d7c6b5a4f3e';
const read = (query: string, role: Parameters<typeof readListAddress>[1] = 'ops') =>
  readListAddress(Object.fromEntries(new URLSearchParams(query)), role);

describe('readListAddress', () => {
  it('starts each role where its work is', () => {
    expect(read('', 'ops').view).toBe('needs-me');
    expect(read('', 'admin').view).toBe('needs-me');
    expect(read('', 'technical_services').view).toBe('onboarding');
    expect(read('', 'customer_admin').view).toBe('all');
    expect(read('', 'customer_viewer').view).toBe('all');
  });

  it('reads everything that the address says', () => {
    const query = `view=late&q=+main+&status=failing&region=eu-west-1&organization=${ID}&sort=-held&page=3&peek=${ID}`;
    expect(read(query)).toEqual({
      view: 'late',
      q: 'main',
      status: 'failing',
      region: 'eu-west-1',
      organizationId: ID,
      sort: '-held',
      page: 3,
      peek: ID,
    });
  });

  it.each([
    'view=x',
    'status=green',
    'region=%3Cscript%3E',
    'organization=1',
    'sort=held%3BDROP',
    'page=0',
    'page=1.5',
    'page=-1',
    'page=1e9',
    'peek=x',
  ])('takes %s for nothing said', (query) => {
    expect(read(query)).toEqual(read(''));
  });

  it('takes what is given twice for nothing said', () => {
    expect(readListAddress({ q: ['a', 'b'] }, 'ops').q).toBe('');
  });
});

describe('listHref', () => {
  const address: ListAddress = { ...read('view=all&q=main&sort=name&page=3'), peek: ID };

  it('writes what is read back as the same', () => {
    const again = new URL(listHref(address), 'http://x').searchParams;
    expect(readListAddress(Object.fromEntries(again), 'customer_viewer')).toEqual(address);
  });

  it('stays on the page for the panel, and goes back to the first for another list', () => {
    expect(listHref(address, { peek: null })).toBe('/routings?view=all&q=main&sort=name&page=3');
    expect(listHref(address, { page: 4, peek: null })).toContain('page=4');
    expect(listHref(address, { status: 'late' })).toBe('/routings?view=all&q=main&status=late&sort=name');
    expect(listHref(address, { q: '', sort: 'status' })).toBe('/routings?view=all');
  });
});

it('an address is narrowed by search and filters, not by view, order or page', () => {
  expect(isNarrowed(read('view=late&sort=name&page=2'))).toBe(false);
  for (const query of ['q=a', 'status=late', 'region=eu-west-1', `organization=${ID}`]) {
    expect(isNarrowed(read(query))).toBe(true);
  }
});
