import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';
import type { RoutingLabel } from '@/lib/domain/routing/label';
import { nameSchema } from './name';

export const createOrganizationSchema = z.object({ name: nameSchema });
export type CreateOrganizationInput = z.input<typeof createOrganizationSchema>;

export const organizationIdSchema = z.object({ organizationId: idSchema() });
export type OrganizationIdInput = z.input<typeof organizationIdSchema>;

/** `q`: part of the name. */
export const listOrganizationsSchema = z.object({
  q: z.string().trim().max(200, 'That is too long to search for.').optional(),
});
export type ListOrganizationsInput = z.input<typeof listOrganizationsSchema>;

/** Instants are RFC 3339 strings in UTC. */
export interface OrganizationView {
  readonly id: string;
  readonly name: string;
  readonly workspaces: number;
  readonly routings: number;
  /** The status of its routings that needs somebody most; null without routings. */
  readonly worstLabel: RoutingLabel | null;
  readonly createdAt: string;
}
