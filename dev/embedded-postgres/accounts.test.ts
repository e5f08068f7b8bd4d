import { expect, test } from 'vitest';
import { parseAccounts, pickAccount } from './accounts';

const PASSWD =
  'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1::/usr/sbin:/usr/sbin/nologin\nnobody:x:65534:65534::/:/usr/sbin/nologin\n\n';

test('Postgres runs as nobody where there is a nobody', () => {
  expect(pickAccount(parseAccounts(PASSWD))).toEqual({ name: 'nobody', uid: 65_534, gid: 65_534 });
});

test('without a nobody it runs as the first account that is not root', () => {
  expect(
    pickAccount(parseAccounts('root:x:0:0::/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n')),
  ).toMatchObject({
    uid: 1_000,
  });
});
