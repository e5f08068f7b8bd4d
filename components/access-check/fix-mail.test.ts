import { expect, test } from 'vitest';
import { fixMail } from './fix-mail';

const row = { title: 'Write a test file', sentence: 'The key does not let us in.' };
const link = { label: 'Open the key in AWS', url: 'https://eu-west-1.console.aws.amazon.com/kms/home#/k' };
const fix = { title: 'Add this statement', language: 'json', text: '{\n  "Sid": "A & B?"\n}', link } as const;

test('the mail holds what is wrong, what to paste and where, whatever signs are in it', () => {
  const mail = fixMail({ row, fix, address: 's3://aurora/100%/' });
  const query = new URLSearchParams(mail?.slice('mailto:?'.length));
  expect(query.get('subject')).toBe('Access of Sluice to s3://aurora/100%/: Write a test file');
  expect(query.get('body')).toBe(`${row.sentence}\n\n${fix.title}:\n\n${fix.text}\n\n${link.url}`);
});

test('what mail programs would cut off is not offered', () => {
  expect(fixMail({ row, fix: { ...fix, text: 'x'.repeat(2_000) }, address: 's3://a/' })).toBeNull();
});
