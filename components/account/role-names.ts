import type { Role } from '@/lib/domain/access/actor';

/** What people are called; the vendor's administrators are told apart from a customer's. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  admin: 'Administrator of Sluice',
  technical_services: 'Technical services',
  ops: 'Operations',
  customer_admin: 'Administrator',
  customer_viewer: 'Viewer',
};
