import type { Role } from '@/lib/domain/access/actor';

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  admin: 'Administrator',
  technical_services: 'Technical services',
  ops: 'Operations',
  customer_admin: 'Administrator of your organization',
  customer_viewer: 'Viewer',
};
