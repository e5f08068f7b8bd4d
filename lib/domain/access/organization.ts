import { z } from 'zod';
import { nameSchema } from './name';

export const createOrganizationSchema = z.object({ name: nameSchema });
export type CreateOrganizationInput = z.input<typeof createOrganizationSchema>;

export const organizationIdSchema = z.object({ organizationId: z.guid({ error: 'This is not an id.' }) });
export type OrganizationIdInput = z.input<typeof organizationIdSchema>;

/** Instants are RFC 3339 strings in UTC. */
export interface OrganizationView {
  readonly id: string;
  readonly name: string;
  readonly workspaces: number;
  readonly routings: number;
  readonly createdAt: string;
}
