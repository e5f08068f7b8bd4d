import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';
import { nameSchema } from './name';

export const createOrganizationSchema = z.object({ name: nameSchema });
export type CreateOrganizationInput = z.input<typeof createOrganizationSchema>;

export const organizationIdSchema = z.object({ organizationId: idSchema() });
export type OrganizationIdInput = z.input<typeof organizationIdSchema>;

/** Instants are RFC 3339 strings in UTC. */
export interface OrganizationView {
  readonly id: string;
  readonly name: string;
  readonly workspaces: number;
  readonly routings: number;
  readonly createdAt: string;
}
