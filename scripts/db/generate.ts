import { generateClient } from '@/scripts/instance/build';

await generateClient();
