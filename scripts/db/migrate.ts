import { prepareDatabase } from './prepare-database';

const databaseUrl = process.env.DATABASE_URL;
if (databaseUrl === undefined || databaseUrl === '') {
  console.error(
    'DATABASE_URL is not set. Give the Postgres to migrate, as postgresql://user:password@host:port/name',
  );
  process.exit(1);
}
const applied = await prepareDatabase(databaseUrl);
console.log(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`);
