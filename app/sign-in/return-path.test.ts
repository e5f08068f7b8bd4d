import { describe, expect, it } from 'vitest';
import { returnPath } from './return-path';

describe('returnPath', () => {
  it('leads back to the page that was asked for', () => {
    expect(returnPath('/routings/1/files?cursor=2')).toBe('/routings/1/files?cursor=2');
  });

  it.each([
    '',
    'https://elsewhere.example',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/a\\b',
    'javascript:x',
    '/sign-in',
  ])('leads to the routings for %s', (callbackUrl) => {
    expect(returnPath(callbackUrl)).toBe('/');
  });
});
