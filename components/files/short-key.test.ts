import { describe, expect, it } from 'vitest';
import { shortestKey, shortKey } from './short-key';

const key =
  'sluice/type=events/year=2026/month=11/day=22/hour=15/2026-11-22T15:58:14.141493Z-761a54190772-w2.jsonl.gz';

describe('short keys', () => {
  it('keep the hour and the name', () => {
    expect(shortKey(key)).toBe('…/hour=15/2026-11-22T15:58:14.141493Z-761a54190772-w2.jsonl.gz');
    expect(shortKey('type=segment/a.jsonl.gz')).toBe('type=segment/a.jsonl.gz');
  });

  it('keep what tells names apart where there is little room', () => {
    expect(shortestKey(key)).toBe('…15:58:14.141493Z-761a54190772-w2.jsonl.gz');
    expect(shortestKey('other.gz')).toBe('other.gz');
  });
});
