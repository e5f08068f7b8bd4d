import { z } from 'zod';
import { idSchema } from '@/lib/domain/id';
import { nameSchema } from './name';

export const createWorkspaceSchema = z.object({
  organizationId: idSchema('Choose an organization.'),
  name: nameSchema,
});
export type CreateWorkspaceInput = z.input<typeof createWorkspaceSchema>;

/** Without an organization: every workspace the actor may see. */
export const listWorkspacesSchema = z.object({ organizationId: idSchema().optional() });
export type ListWorkspacesInput = z.input<typeof listWorkspacesSchema>;

/** Instants are RFC 3339 strings in UTC. */
export interface WorkspaceView {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly createdAt: string;
}
