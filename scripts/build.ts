import { buildAll } from './instance/build';

try {
  await buildAll();
  console.log('Built: .next (web) and dist (collector, worker).');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
