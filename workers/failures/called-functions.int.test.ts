import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findCalledFunctions } from '@/lib/testing/called-functions';
import { createTestDatabase, type TestDatabase } from '@/lib/testing/database';

const FIXTURE = 'workers/failures/called-functions.txt';

interface DatabaseFunction {
  readonly name: string;
  readonly types: string[];
  /** How many of the last arguments may be left out. */
  readonly defaults: number;
}

let database: TestDatabase;
let functions: DatabaseFunction[];
beforeAll(async () => {
  database = await createTestDatabase();
  const { rows } = await database.sql.query<DatabaseFunction>(
    `SELECT n.nspname || '.' || p.proname AS name, p.pronargdefaults AS defaults,
       ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) WITH ORDINALITY u (t, i) ORDER BY i) AS types
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('log', 'delivery')`,
  );
  functions = rows;
});
afterAll(() => database.close());

const written = ({ name, types }: Pick<DatabaseFunction, 'name' | 'types'>) => `${name}(${types.join(', ')})`;
const recorded = () =>
  readFileSync(FIXTURE, 'utf8')
    .split('\n')
    .filter((line) => line !== '');

/** Whether a call with just these types still finds this function. */
function answers(called: string) {
  return ({ name, types, defaults }: DatabaseFunction): boolean =>
    Array.from({ length: defaults + 1 }, (_, left) => types.slice(0, types.length - left)).some(
      (given) => written({ name, types: given }) === called,
    );
}

test('every function that the code calls is there with as many arguments, and recorded: after a new one, run this file with -u', async () => {
  const now = findCalledFunctions().flatMap(({ name, argumentCount }) => {
    const found = functions.filter(
      (one) =>
        one.name === name &&
        (argumentCount === null ||
          (argumentCount <= one.types.length && argumentCount >= one.types.length - one.defaults)),
    );
    expect(found.map(written), `${name} is called with ${argumentCount} arguments`).not.toEqual([]);
    return found.map(({ types }) => written({ name, types: types.slice(0, argumentCount ?? types.length) }));
  });
  expect(now.length).toBeGreaterThan(20);
  // What was ever recorded stays: a version that still runs may call it.
  const all = [...new Set([...recorded(), ...now])].sort();
  await expect(`${all.join('\n')}\n`).toMatchFileSnapshot('called-functions.txt');
});

test('every function that a running version calls is still there with the same arguments', () => {
  const gone = recorded().filter((called) => !functions.some(answers(called)));
  expect(
    gone,
    `Workers and collectors of the version before call these and would fail after the migration. Leave them as they ` +
      `are, and add a new function (or an argument with a DEFAULT) for the new version. A line leaves ${FIXTURE} ` +
      `only once no version that calls it can run any more.`,
  ).toEqual([]);
});
