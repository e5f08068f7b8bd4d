import { describe, expect, test } from 'vitest';
import { type PastedPlace, parsePasted } from '@/lib/domain/destination/parse-pasted';
import { applyPasted } from './apply-pasted';

const EMPTY = { endpoint: '', bucket: '', region: '', prefix: '' };
const TYPED = { endpoint: '', bucket: 'borealis', region: 'eu-west-1', prefix: 'old/' };

function pasted(text: string): PastedPlace {
  const read = parsePasted(text, ['http://127.0.0.1:9000']);
  if (read.kind !== 'place') throw new Error(read.sentence);
  return read;
}

describe('what is pasted', () => {
  test('fills empty fields and replaces nothing', () => {
    const address = 'https://aurora-events.s3.eu-west-2.amazonaws.com/permutive/';
    expect(applyPasted(EMPTY, pasted(address))).toEqual({
      place: { endpoint: '', bucket: 'aurora-events', region: 'eu-west-2', prefix: 'permutive/' },
      filled: ['bucket', 'region', 'prefix'],
      replaced: [],
    });
  });

  test('says what it replaced, and leaves what it says nothing about', () => {
    expect(applyPasted(TYPED, pasted('s3://aurora-events/permutive/'))).toEqual({
      place: { endpoint: '', bucket: 'aurora-events', region: 'eu-west-1', prefix: 'permutive/' },
      filled: ['bucket', 'prefix'],
      replaced: [
        { field: 'bucket', before: 'borealis' },
        { field: 'prefix', before: 'old/' },
      ],
    });
  });

  test('without a prefix keeps the one of the same bucket, and drops the one of another', () => {
    expect(applyPasted(TYPED, pasted('borealis')).place).toEqual(TYPED);
    const moved = applyPasted(TYPED, pasted('aurora-events'));
    expect(moved.place.prefix).toBe('');
    expect(moved.replaced).toContainEqual({ field: 'prefix', before: 'old/' });
  });

  test('changes where the bucket is served only when the address says so', () => {
    const own = 'http://127.0.0.1:9000';
    expect(applyPasted({ ...EMPTY, endpoint: own }, pasted('s3://aurora-events/')).place.endpoint).toBe(own);
    const toAws = applyPasted({ ...EMPTY, endpoint: own }, pasted('https://aurora-events.s3.amazonaws.com/'));
    expect([toAws.place.endpoint, toAws.replaced]).toEqual(['', [{ field: 'endpoint', before: own }]]);
    const toOwn = applyPasted(EMPTY, pasted(`${own}/aurora-events/`));
    expect([toOwn.place.endpoint, toOwn.replaced]).toEqual([own, [{ field: 'endpoint', before: '' }]]);
  });
});
