import { buildAll } from './instance/build';

await buildAll();
console.log('Built: .next (web) and dist (collector, worker).');
