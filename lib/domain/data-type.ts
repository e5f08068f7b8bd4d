import { z } from 'zod';

/** What a routing delivers; also the `type=` partition and the type of a stream. */
export const dataTypeSchema = z.enum(['events', 'sync_aliases', 'segment']);
export type DataType = z.infer<typeof dataTypeSchema>;
