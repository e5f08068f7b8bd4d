import { expect, test } from 'vitest';
import { OutboundError } from './outbound-error';
import { namesPrivateAddress, resolveTarget } from './resolve-target';

const names: Readonly<Record<string, readonly string[]>> = {
  'hooks.example': ['93.184.216.34', '2606:4700:4700::1111'],
  'inside.example': ['10.0.0.7'],
  'half-inside.example': ['93.184.216.34', '127.0.0.1'],
  'mapped.example': ['::ffff:169.254.169.254'],
  'nowhere.example': [],
};
const resolve = async (hostname: string) => {
  const addresses = names[hostname];
  if (addresses === undefined) throw new Error('ENOTFOUND');
  return addresses;
};
const target = (url: string, allowedOrigins: readonly string[] = []) =>
  resolveTarget(url, { allowedOrigins, resolve });
const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'allowed',
    (error: unknown) => (error instanceof OutboundError ? error.code : error),
  );

test('a public name over HTTPS is pinned to its first address', async () => {
  const { url, address } = await target('https://hooks.example/in?x=1');
  expect([url.href, address]).toEqual(['https://hooks.example/in?x=1', '93.184.216.34']);
});

test.each([
  'http://hooks.example/',
  'ftp://hooks.example/',
  'file:///etc/passwd',
  'gopher://hooks.example/',
  'https://user:password@hooks.example/',
  'https://inside.example/',
  'https://half-inside.example/',
  'https://mapped.example/',
  'https://127.0.0.1/',
  'https://127.1/',
  'https://0x7f000001/',
  'https://2130706433/',
  'https://0177.0.0.1/',
  'https://①②⑦.0.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[fd00:ec2::254]/',
  'https://hooks.example:22/',
  'https://hooks.example:0/',
  'not a url',
  '',
])('%s is refused before anything is sent', async (url) => {
  expect(await codeOf(target(url))).toBe('FORBIDDEN_ADDRESS');
});

test.each(['https://missing.example/', 'https://nowhere.example/'])('%s resolves to nothing', async (url) => {
  expect(await codeOf(target(url))).toBe('UNRESOLVED');
});

test('an allowed origin may be private, and only that very origin', async () => {
  const allowed = ['http://127.0.0.1:8080'];
  expect((await target('http://127.0.0.1:8080/hook', allowed)).address).toBe('127.0.0.1');
  for (const url of ['http://127.0.0.1:8081/', 'https://127.0.0.1:8080/', 'http://127.0.0.2:8080/'])
    expect(await codeOf(target(url, allowed))).toBe('FORBIDDEN_ADDRESS');
});

test('an address that is private outright is known without a look-up, a name is not judged', () => {
  const urls = ['https://127.1/', 'https://[::1]/', 'https://localhost./', 'https://①②⑦.0.0.1/'];
  for (const url of urls) expect(namesPrivateAddress(new URL(url))).toBe(true);
  for (const url of ['https://hooks.example/', 'https://93.184.216.34/'])
    expect(namesPrivateAddress(new URL(url))).toBe(false);
});
